package org.isochron.replay.script;

import java.time.DateTimeException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.isochron.replay.IsoTime;

/** Follows the {@code at} of a script's commands: the first absolute, each other absolute or relative, never decreasing. */
final class ScriptTime {
    private static final Pattern RELATIVE = Pattern.compile("\\+(\\d{1,19})(ns|us|ms|s|m|h|d)");
    private static final String BOTH_FORMS = "either \"2026-01-05T14:30:00Z\" or \"+250ms\" (ns, us, ms, s, m, h or d)";

    /** The year 2262: in its April the nanoseconds end, and the clock tick after the last command must still fit. */
    private static final long END_NS = 9_214_646_400L * 1_000_000_000L;

    private long lastNs;
    private boolean begun;

    /** Time of the next command, nanoseconds UTC. */
    long next(final String at) throws LineException {
        final long atNs = at.startsWith("+") ? relative(at) : absolute(at);
        if (atNs >= END_NS) {
            throw new LineException("\"at\" is \"" + at + "\", which is beyond the year 2261");
        }
        if (begun && atNs < lastNs) {
            throw new LineException("\"at\" goes back to " + IsoTime.format(atNs) + ", the command before is at "
                    + IsoTime.format(lastNs) + "; times may not decrease");
        }
        lastNs = atNs;
        begun = true;
        return atNs;
    }

    private long relative(final String at) throws LineException {
        final Matcher matcher = RELATIVE.matcher(at);
        if (!matcher.matches()) {
            throw new LineException("\"at\" is \"" + at + "\"; write " + BOTH_FORMS);
        }
        if (!begun) {
            throw new LineException("the first \"at\" is \"" + at
                    + "\", which counts from nothing; begin with a time like \"2026-01-05T14:30:00Z\"");
        }
        try {
            return Math.addExact(
                    lastNs, Math.multiplyExact(Long.parseLong(matcher.group(1)), unitNs(matcher.group(2))));
        } catch (final NumberFormatException | ArithmeticException overflow) {
            throw new LineException("\"at\" is \"" + at + "\", which is beyond the year 2261", overflow);
        }
    }

    private static long absolute(final String at) throws LineException {
        try {
            return IsoTime.parse(at);
        } catch (final DateTimeException malformed) {
            throw new LineException("\"at\" is \"" + at + "\"; write " + BOTH_FORMS, malformed);
        } catch (final ArithmeticException outside) {
            throw new LineException("\"at\" is \"" + at + "\"; times from 1970 to 2261 are possible", outside);
        }
    }

    private static long unitNs(final String unit) {
        return switch (unit) {
            case "ns" -> 1L;
            case "us" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60 * 1_000_000_000L;
            case "h" -> 3_600 * 1_000_000_000L;
            case "d" -> 86_400 * 1_000_000_000L;
            default -> throw new IllegalStateException("the pattern lets no unit " + unit + " pass");
        };
    }
}
