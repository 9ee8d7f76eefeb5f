package org.isochron.ops.calendar;

/** A calendar that does not say what it should; the message says where and what would be right. */
public final class CalendarException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CalendarException(final String message) {
        super(message);
    }
}
