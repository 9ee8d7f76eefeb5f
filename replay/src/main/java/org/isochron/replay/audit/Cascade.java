package org.isochron.replay.audit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.isochron.codecs.LiquidationPrintKind;

/**
 * Liquidations of one instrument that follow each other closely: what a picture of them needs. Times are sequenced ones,
 * amounts quanta of the settlement asset.
 */
public final class Cascade {
    /**
     * How things stood from a moment on.
     *
     * @param markPrice   price units (1e-9), 0 for none.
     * @param insurance   cash and positions of INSURANCE at mark.
     * @param toBook      notional that books have taken since the start of the cascade, and likewise the others.
     * @param deleveraged at the cash they changed hands for.
     */
    public record Point(
            long timeNs,
            long markPrice,
            BigInteger insurance,
            BigInteger toBook,
            BigInteger toFund,
            BigInteger deleveraged,
            BigInteger settled) {
        /** All that liquidations have closed. */
        public BigInteger liquidated() {
            return toBook.add(toFund).add(deleveraged).add(settled);
        }
    }

    /**
     * Lots of liquidations that went one way.
     *
     * @param kind null for a settled market.
     */
    public record Print(long timeNs, LiquidationPrintKind kind, long lots, BigInteger cash) {}

    private final String symbol;
    private final String asset;
    private final int scale;
    private final List<Point> points = new ArrayList<>();
    private final List<Print> prints = new ArrayList<>();

    Cascade(final String symbol, final String asset, final int scale) {
        this.symbol = symbol;
        this.asset = asset;
        this.scale = scale;
    }

    void add(final Point point) {
        points.add(point);
    }

    /** Takes away what comes after. */
    void cut(final long lastNs) {
        points.removeIf(point -> point.timeNs() > lastNs);
    }

    void add(final Print print) {
        prints.add(print);
    }

    /** Of the instrument. */
    public String symbol() {
        return symbol;
    }

    /** Symbol of the settlement asset. */
    public String asset() {
        return asset;
    }

    /** Decimals of a quantum of it. */
    public int scale() {
        return scale;
    }

    /** In the order of time. */
    public List<Point> points() {
        return List.copyOf(points);
    }

    /** In the order of time. */
    public List<Print> prints() {
        return List.copyOf(prints);
    }
}
