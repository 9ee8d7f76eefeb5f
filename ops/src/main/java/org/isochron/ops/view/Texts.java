package org.isochron.ops.view;

import java.math.BigDecimal;
import java.util.Map;

/** Numbers as people read them. */
final class Texts {
    private static final double US = 1e3;
    private static final double MS = 1e6;
    private static final int PRICE_SCALE = 9;

    private Texts() {}

    /** Microseconds below 10 ms, else milliseconds. */
    static String duration(final long ns) {
        return ns < 10 * MS ? String.format("%,.1f us", ns / US) : String.format("%,.1f ms", ns / MS);
    }

    /** A price of 1e-9, without the zeroes at its end; a dash for none. */
    static String price(final long priceE9) {
        return priceE9 == 0
                ? "-"
                : BigDecimal.valueOf(priceE9, PRICE_SCALE).stripTrailingZeros().toPlainString();
    }

    /** 16 hex digits. */
    static String hash(final long hash) {
        return String.format("%016x", hash);
    }

    /** How many prints of liquidations went which way. */
    static String liquidations(final Map<String, Long> prints) {
        return String.format(
                "liquidated: %,d prints to the book, %,d to the insurance fund, %,d deleveraged; %,d worked off by the fund;"
                        + " %,d markets settled",
                prints.getOrDefault("TRANCHE", 0L),
                prints.getOrDefault("TAKEOVER", 0L),
                prints.getOrDefault("DELEVERAGED", 0L),
                prints.getOrDefault("UNWIND", 0L),
                prints.getOrDefault("SETTLED", 0L));
    }
}
