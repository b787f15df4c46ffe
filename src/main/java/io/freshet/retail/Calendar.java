package io.freshet.retail;

import java.time.DayOfWeek;
import java.time.LocalDate;

/** Determines on which days stores are open, and how weekday, month, paydays and holidays change the number of visitors. */
final class Calendar {

    private final Parameters.Traffic traffic;
    private final java.util.List<Holiday> holidays;

    Calendar(Parameters parameters) {
        traffic = parameters.traffic();
        holidays = parameters.holidays();
    }

    boolean isOpen(LocalDate date) {
        return holidays.stream().noneMatch(holiday -> holiday.closed() && holiday.on(date).isPresent());
    }

    /** Returns the product of all factors that apply to the date. */
    double factor(LocalDate date) {
        double factor = traffic.weekdays().get(date.getDayOfWeek().getValue() - 1)
                * traffic.months().get(date.getMonthValue() - 1);
        for (int payday : traffic.paydays()) {
            LocalDate day = date.withDayOfMonth(Math.min(payday, date.lengthOfMonth()));
            if (!date.isBefore(day) && date.isBefore(day.plusDays(traffic.paydayLasts()))) {
                factor *= traffic.paydayFactor();
                break;
            }
        }
        for (Holiday holiday : holidays) {
            if (!holiday.closed() && holiday.on(date).isPresent()) {
                factor *= holiday.factor();
            }
        }
        return factor;
    }

    Parameters.Hours hours(Parameters.StoreSize size, LocalDate date) {
        return size.hours()
                .get(date.getDayOfWeek() == DayOfWeek.SUNDAY ? 2 : date.getDayOfWeek() == DayOfWeek.SATURDAY ? 1 : 0);
    }

    /** Returns the number of visitors in an hour of the day, relative to other hours. */
    double hour(LocalDate date, int hour) {
        boolean weekend = date.getDayOfWeek().getValue() >= DayOfWeek.SATURDAY.getValue();
        return (weekend ? traffic.weekendHours() : traffic.weekdayHours()).get(hour);
    }
}
