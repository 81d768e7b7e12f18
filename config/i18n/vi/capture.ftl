capture-end-before-start = Ngày về trước ngày đi.
capture-future-date = Ngày này chưa đến.
capture-negative-amount = Số này không được âm.
capture-category-missing = Chưa chọn loại việc.
capture-not-a-date = Không hiểu ngày này; ví dụ 22/11, hôm nay, -2.
capture-not-a-number = Không hiểu số này; ví dụ 1.234.567, 1,5, 3 triệu.
