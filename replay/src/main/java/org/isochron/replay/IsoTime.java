package org.isochron.replay;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Sequenced time as text: {@code 2026-01-05T14:30:00.000000000Z}, always with nine decimals. */
public final class IsoTime {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

    private IsoTime() {}

    /**
     * @param timestampNs nanoseconds since 1970, read as unsigned: a damaged stamp prints as a late year.
     */
    public static String format(final long timestampNs) {
        return FORMAT.format(Instant.ofEpochSecond(
                Long.divideUnsigned(timestampNs, NS_PER_SECOND), Long.remainderUnsigned(timestampNs, NS_PER_SECOND)));
    }

    /**
     * @param text an instant in UTC, with up to nine decimals.
     * @return nanoseconds since 1970.
     * @throws java.time.DateTimeException when it is not one.
     * @throws ArithmeticException         when it is outside what 64 bits of nanoseconds reach, 1970 to 2262.
     */
    public static long parse(final String text) {
        final Instant instant = Instant.parse(text);
        final long seconds = instant.getEpochSecond();
        if (seconds < 0) {
            throw new ArithmeticException("before 1970");
        }
        return Math.addExact(Math.multiplyExact(seconds, NS_PER_SECOND), instant.getNano());
    }
}
