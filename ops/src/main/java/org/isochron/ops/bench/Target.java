package org.isochron.ops.bench;

import java.util.Locale;

/**
 * What is to be reached, and what was.
 *
 * @param atLeast whether more is better.
 * @param unit    behind the numbers, with its space.
 */
record Target(String what, double reached, double wanted, boolean atLeast, String unit) {
    static Target atLeast(final String what, final double reached, final double wanted, final String unit) {
        return new Target(what, reached, wanted, true, unit);
    }

    static Target atMost(final String what, final double reached, final double wanted, final String unit) {
        return new Target(what, reached, wanted, false, unit);
    }

    boolean isReached() {
        return atLeast ? reached >= wanted : reached <= wanted;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%-8s %-52s %s%s, wanted at %s %s%s",
                isReached() ? "reached" : "MISSED",
                what,
                number(reached),
                unit,
                atLeast ? "least" : "most",
                number(wanted),
                unit);
    }

    private static String number(final double value) {
        return value >= 1_000 || value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
