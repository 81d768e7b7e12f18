#!/usr/bin/env python3
"""Makes tests/data/lunar.csv: Vietnam's lunar years 1900-2100 from an ephemeris, not from the program's formulas.

    pip install astronomy-engine==2.1.19 && tests/lunar.py > tests/data/lunar.csv

A month begins on the day, by the clock of UTC+7, of a new moon. Month 11 holds the winter solstice. Where
thirteen months lie between two of them, the first without a principal term (the sun's longitude passing a
multiple of 30 degrees) is a leap month.
"""

import datetime

import astronomy

EPOCH = datetime.datetime(2000, 1, 1, 12)
HANOI = datetime.timedelta(hours=7)


def day(time):
    """The day of a moment in Hanoi."""
    return (EPOCH + datetime.timedelta(days=time.ut) + HANOI).date()


def new_moons(first, last):
    time = astronomy.Time.Make(first, 11, 1, 0, 0, 0)
    while True:
        time = astronomy.SearchMoonPhase(0, time, 40)
        if day(time).year > last:
            return
        yield day(time)
        time = time.AddDays(25)


def terms(first, last):
    """The days of the principal terms, each with the sun's twelfth (9: winter solstice)."""
    for year in range(first, last + 1):
        for twelfth in range(12):
            # Longitude 0 falls near 21 March; 270 near 21 December, 300 near 20 January of the same year.
            month = (twelfth + 2) % 12 + 1
            start = astronomy.Time.Make(year, month, 10, 0, 0, 0)
            yield day(astronomy.SearchSunLongitude(twelfth * 30, start, 25)), twelfth


def months(moons, marks):
    """Each month: its first day, the lunar year, its number, whether it is a leap one, its length."""
    solstices = [date for date, twelfth in marks if twelfth == 9]
    marked = sorted(date for date, _ in marks)

    def holds(at):
        return any(moons[at] <= date < moons[at + 1] for date in marked)

    elevenths = []
    for solstice in solstices:
        found = [at for at in range(len(moons) - 1) if moons[at] <= solstice < moons[at + 1]]
        elevenths.extend(found)
    for start, end in zip(elevenths, elevenths[1:]):
        leap = None
        if end - start == 13:
            leap = next(at for at in range(start + 1, end) if not holds(at))
        number, year = 11, moons[start].year
        for at in range(start, end):
            if at != start and at != leap:
                number += 1
                if number == 13:
                    number, year = 1, year + 1
            yield moons[at], year, number, at == leap, (moons[at + 1] - moons[at]).days


def main():
    first, last = 1898, 2102
    all_months = list(months(list(new_moons(first, last)), list(terms(first, last))))
    print("year,first_day,lengths,leap")
    for year in range(1900, 2101):
        of = [month for month in all_months if month[1] == year]
        lengths = "".join("L" if month[4] == 30 else "S" for month in of)
        leap = [str(month[2]) for month in of if month[3]]
        print(f"{year},{of[0][0]},{lengths},{''.join(leap)}")


if __name__ == "__main__":
    main()
