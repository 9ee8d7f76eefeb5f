package org.isochron.ops.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Weekly hours: from a day and time of the week to a later one, which may be on another day. */
record Hours(DayOfWeek openDay, LocalTime open, DayOfWeek closeDay, LocalTime close) {
    private static final int DAYS = 7;

    /** Of texts such as {@code SUNDAY 20:00}. */
    static Hours of(final String open, final String close) {
        return new Hours(day(open), time(open), day(close), time(close));
    }

    private static DayOfWeek day(final String text) {
        try {
            return DayOfWeek.valueOf(part(text, 0).toUpperCase(Locale.ROOT));
        } catch (final IllegalArgumentException ex) {
            throw new CalendarException("\"" + text + "\" does not begin with a day such as MONDAY");
        }
    }

    private static LocalTime time(final String text) {
        try {
            return LocalTime.parse(part(text, 1));
        } catch (final DateTimeParseException ex) {
            throw new CalendarException("\"" + text + "\" does not end with a time such as 09:30");
        }
    }

    private static String part(final String text, final int part) {
        final String[] parts = text.trim().split(" +");
        if (parts.length != 2) {
            throw new CalendarException("\"" + text + "\" is not a day and a time such as \"MONDAY 09:30\"");
        }
        return parts[part];
    }

    /** When they begin in the week of that Monday. */
    LocalDateTime openIn(final LocalDate monday) {
        return monday.plusDays(openDay.getValue() - 1L).atTime(open);
    }

    /** When those that began in that week end: the first such day and time after the beginning. */
    LocalDateTime closeIn(final LocalDate monday) {
        final LocalDateTime end = monday.plusDays(closeDay.getValue() - 1L).atTime(close);
        return end.isAfter(openIn(monday)) ? end : end.plusDays(DAYS);
    }

    @Override
    public String toString() {
        return openDay + " " + open + " to " + closeDay + " " + close;
    }
}
