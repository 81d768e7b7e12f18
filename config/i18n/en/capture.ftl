capture-end-before-start = The end is before the start.
capture-future-date = This date is in the future.
capture-negative-amount = This number cannot be negative.
capture-category-missing = Choose a category.
capture-not-a-date = Not a date; try 22/11, today, -2.
capture-not-a-number = Not a number; try 1.234.567, 1,5, 3 triệu.
