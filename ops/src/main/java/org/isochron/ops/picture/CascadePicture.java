package org.isochron.ops.picture;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.isochron.codecs.LiquidationPrintKind;
import org.isochron.replay.audit.Cascade;
import org.isochron.replay.audit.Cascade.Point;
import org.isochron.replay.audit.Cascade.Print;

/**
 * A cascade over time, panels above each other on one time axis: mark with what happened, liquidated notional by where it
 * went, the insurance fund, deleveraged notional. Kinds differ in shape and pattern, not only in colour. Colours are those
 * of the page, by class.
 */
final class CascadePicture {
    private static final int WIDTH = 940;
    private static final int LEFT = 92;
    private static final int RIGHT = 176;
    private static final int TOP = 52;
    private static final int GAP = 46;
    private static final int FOOT = 44;
    private static final int[] HEIGHTS = {170, 150, 110, 90};
    /** Lines have no more points than that many in a unit of width. */
    private static final double POINTS_PER_UNIT = 2;

    private static final double MARKER_WIDTH = 9;
    /** Between markers of two kinds at the same place. */
    private static final double MARKER_STEP = 12;

    private static final double NANOS = 1e9;
    private static final double PRICE_UNITS = 1e9;

    /** Where lots went: its word, its class, and the shape of its marker. */
    private enum Way {
        BOOK("to the book", "book", LiquidationPrintKind.TRANCHE, Point::toBook),
        FUND("to INSURANCE", "fund", LiquidationPrintKind.TAKEOVER, Point::toFund),
        DELEVERAGED("deleveraged", "adl", LiquidationPrintKind.DELEVERAGED, Point::deleveraged),
        SETTLED("market settled", "settled", null, Point::settled);

        private final String words;
        private final String style;
        private final LiquidationPrintKind kind;
        private final Function<Point, BigInteger> notional;

        Way(
                final String words,
                final String style,
                final LiquidationPrintKind kind,
                final Function<Point, BigInteger> notional) {
            this.words = words;
            this.style = style;
            this.kind = kind;
            this.notional = notional;
        }

        /** Triangle, square, diamond or cross around a place. */
        private String marker(final double x, final double y) {
            return switch (this) {
                case BOOK -> String.format(Locale.ROOT, "M%.1f %.1fl5 -9h-10z", x, y);
                case FUND -> String.format(Locale.ROOT, "M%.1f %.1fh8v8h-8z", x - 4, y - 4);
                case DELEVERAGED -> String.format(Locale.ROOT, "M%.1f %.1fl6 6l-6 6l-6 -6z", x, y - 6);
                case SETTLED -> String.format(Locale.ROOT, "M%.1f %.1fl10 10m0 -10l-10 10", x - 5, y - 5);
            };
        }
    }

    private final Cascade cascade;
    private final List<Point> points;
    private final String id;
    private final long startNs;
    private final Svg svg;
    private final Scale time;

    /** @param id of the picture, unique in its page. */
    CascadePicture(final Cascade cascade, final String id) {
        this.cascade = cascade;
        this.id = id;
        points = cascade.points();
        startNs = cascade.prints().get(0).timeNs();
        final int height = TOP + HEIGHTS[0] + HEIGHTS[1] + HEIGHTS[2] + HEIGHTS[3] + 3 * GAP + FOOT;
        svg = new Svg(WIDTH, height, "class=\"cascade\"", label());
        time = new Scale(
                seconds(Math.min(points.get(0).timeNs(), startNs)),
                seconds(points.get(points.size() - 1).timeNs()),
                LEFT,
                WIDTH - RIGHT,
                8,
                false);
    }

    private String label() {
        final Point last = points.get(points.size() - 1);
        return "Cascade in " + cascade.symbol() + ": mark, liquidated notional, insurance fund and deleveraged notional"
                + " over time; liquidated in all " + amount(money(last.liquidated())) + " " + cascade.asset();
    }

    private double seconds(final long timeNs) {
        return (timeNs - startNs) / NANOS;
    }

    private double money(final BigInteger quanta) {
        return new BigDecimal(quanta, cascade.scale()).doubleValue();
    }

    private static double price(final Point point) {
        return point.markPrice() / PRICE_UNITS;
    }

    String draw() {
        patterns();
        legend();
        int top = TOP;
        drawMark(top);
        top += HEIGHTS[0] + GAP;
        drawLiquidated(top);
        top += HEIGHTS[1] + GAP;
        drawInsurance(top);
        top += HEIGHTS[2] + GAP;
        drawDeleveraged(top);
        drawTime(top + HEIGHTS[3]);
        return svg.end();
    }

    private void patterns() {
        svg.line("<defs>");
        pattern(Way.BOOK, "");
        pattern(Way.FUND, "M-2 8L8 -2M-1 13L13 -1M6 12L12 6");
        pattern(Way.DELEVERAGED, "M0 5H10M5 0V10");
        pattern(Way.SETTLED, "M2.5 0V10M7.5 0V10");
        svg.line("</defs>");
    }

    private void pattern(final Way way, final String strokes) {
        svg.line("<pattern id=\"%s-%s\" width=\"10\" height=\"10\" patternUnits=\"userSpaceOnUse\">", id, way.style);
        svg.rectangle(0, 0, 10, 10, "class=\"fill-" + way.style + "\"");
        if (!strokes.isEmpty()) {
            svg.path(strokes, "class=\"hatch\"", "");
        }
        svg.line("</pattern>");
    }

    private void legend() {
        double x = LEFT;
        for (final Way way : Way.values()) {
            svg.path(way.marker(x + 6, 18), "class=\"marker " + way.style + "\"", "");
            svg.rectangle(x + 18, 9, 22, 13, "fill=\"url(#" + id + "-" + way.style + ")\" class=\"outline\"");
            svg.text(x + 46, 20, "class=\"legend\"", way.words);
            x += 62 + 7.2 * way.words.length();
        }
    }

    // Panels

    private void frame(final int top, final int height, final String title, final Scale scale) {
        svg.text(LEFT, top - 10, "class=\"title\"", title);
        for (final double tick : scale.ticks()) {
            final double y = scale.place(tick);
            svg.stroke(LEFT, y, WIDTH - RIGHT, y, tick == 0 ? "class=\"zero\"" : "class=\"grid\"");
            svg.text(LEFT - 8, y + 4, "class=\"axis\" text-anchor=\"end\"", scale.label(tick));
        }
        for (final double tick : time.ticks()) {
            svg.stroke(time.place(tick), top, time.place(tick), top + height, "class=\"grid\"");
        }
        svg.stroke(time.place(0), top, time.place(0), top + height, "class=\"start\"");
    }

    private Scale scale(final int top, final int height, final ToDoubleFunction<Point> value, final boolean fromZero) {
        double low = fromZero ? 0 : Double.MAX_VALUE;
        double high = fromZero ? 0 : -Double.MAX_VALUE;
        for (final Point point : points) {
            low = Math.min(low, value.applyAsDouble(point));
            high = Math.max(high, value.applyAsDouble(point));
        }
        return new Scale(low, high, top + height, top, height / 40, true);
    }

    private void drawMark(final int top) {
        final Scale scale = scale(top, HEIGHTS[0], CascadePicture::price, false);
        frame(top, HEIGHTS[0], "Mark of " + cascade.symbol() + ", price", scale);
        svg.path(steps(CascadePicture::price, scale), "class=\"line mark\"", "");
        for (final Way way : Way.values()) {
            drawMarkers(way, scale);
        }
        final Point last = points.get(points.size() - 1);
        endLabel(scale.place(price(last)), scale.label(price(last)), "mark");
    }

    /**
     * One marker for all prints of a kind that would lie on top of each other; kinds stand apart from each other, toward the
     * middle of the panel.
     */
    private void drawMarkers(final Way way, final Scale scale) {
        final double middle = TOP + HEIGHTS[0] / 2.0;
        double lastX = -MARKER_WIDTH;
        for (final Print print : cascade.prints()) {
            final double x = time.place(seconds(print.timeNs()));
            if (print.kind() == way.kind && x - lastX >= MARKER_WIDTH) {
                lastX = x;
                final double y = scale.place(markAt(print.timeNs()));
                final double apart = MARKER_STEP * way.ordinal();
                svg.path(
                        way.marker(x, y > middle ? y - apart : y + apart),
                        "class=\"marker " + way.style + "\"",
                        String.format(
                                Locale.ROOT,
                                "%s: %,d lots for %s %s, %.1f s after the first",
                                way.words,
                                print.lots(),
                                amount(money(print.cash())),
                                cascade.asset(),
                                seconds(print.timeNs())));
            }
        }
    }

    private double markAt(final long timeNs) {
        double mark = price(points.get(0));
        for (final Point point : points) {
            if (point.timeNs() > timeNs) {
                break;
            }
            mark = price(point);
        }
        return mark;
    }

    private void drawLiquidated(final int top) {
        final Scale scale = scale(top, HEIGHTS[1], point -> money(point.liquidated()), true);
        frame(top, HEIGHTS[1], "Liquidated notional at mark, since the start, " + cascade.asset(), scale);
        ToDoubleFunction<Point> floor = point -> 0;
        double lastLabel = Double.MAX_VALUE;
        for (final Way way : Way.values()) {
            final ToDoubleFunction<Point> below = floor;
            final ToDoubleFunction<Point> above =
                    point -> below.applyAsDouble(point) + money(way.notional.apply(point));
            final double amount = money(way.notional.apply(points.get(points.size() - 1)));
            if (amount > 0) {
                svg.path(
                        area(below, above, scale),
                        "class=\"outline\" fill=\"url(#" + id + "-" + way.style + ")\"",
                        way.words);
                final Point last = points.get(points.size() - 1);
                final double middle = scale.place((below.applyAsDouble(last) + above.applyAsDouble(last)) / 2);
                lastLabel = Math.min(middle, lastLabel - 15);
                endLabel(lastLabel, amount(amount) + " " + way.words, way.style);
            }
            floor = above;
        }
    }

    private void drawInsurance(final int top) {
        final ToDoubleFunction<Point> worth = point -> money(point.insurance());
        final Scale scale = scale(top, HEIGHTS[2], worth, true);
        frame(top, HEIGHTS[2], "Insurance fund, cash and positions at mark, " + cascade.asset(), scale);
        svg.path(steps(worth, scale), "class=\"line insurance\"", "");
        final double last = worth.applyAsDouble(points.get(points.size() - 1));
        endLabel(scale.place(last), amount(last) + " in the fund", "insurance");
    }

    private void drawDeleveraged(final int top) {
        final ToDoubleFunction<Point> notional = point -> money(point.deleveraged());
        final Scale scale = scale(top, HEIGHTS[3], notional, true);
        frame(top, HEIGHTS[3], "Deleveraged notional at mark, since the start, " + cascade.asset(), scale);
        svg.path(steps(notional, scale), "class=\"line adl dashed\"", "");
        final double last = notional.applyAsDouble(points.get(points.size() - 1));
        endLabel(scale.place(last), last == 0 ? "nobody" : amount(last), "adl");
    }

    private void drawTime(final int bottom) {
        for (final double tick : time.ticks()) {
            svg.text(time.place(tick), bottom + 18, "class=\"axis\" text-anchor=\"middle\"", time.label(tick));
        }
        svg.text(
                (LEFT + WIDTH - RIGHT) / 2.0,
                bottom + 36,
                "class=\"axis\" text-anchor=\"middle\"",
                "seconds since the first lot of the cascade, sequenced time");
    }

    private void endLabel(final double y, final String text, final String style) {
        svg.text(WIDTH - RIGHT + 8, y + 4, "class=\"end ink-" + style + "\"", text);
    }

    // Lines

    /** As values hold until the next. */
    private String steps(final ToDoubleFunction<Point> value, final Scale scale) {
        final StringBuilder path = new StringBuilder();
        double lastX = -1;
        for (final Point point : drawn()) {
            final double x = time.place(seconds(point.timeNs()));
            final double y = scale.place(value.applyAsDouble(point));
            path.append(String.format(Locale.ROOT, lastX < 0 ? "M%.1f %.1f" : "H%.1fV%.1f", x, y));
            lastX = x;
        }
        return path.append(String.format(Locale.ROOT, "H%d", WIDTH - RIGHT)).toString();
    }

    private String area(final ToDoubleFunction<Point> below, final ToDoubleFunction<Point> above, final Scale scale) {
        final StringBuilder path = new StringBuilder(steps(above, scale));
        final List<Point> shown = drawn();
        for (int i = shown.size() - 1; i >= 0; i--) {
            final double y = scale.place(below.applyAsDouble(shown.get(i)));
            final double x = time.place(seconds(shown.get(i).timeNs()));
            path.append(String.format(Locale.ROOT, i == shown.size() - 1 ? "V%.1fH%.1f" : "V%.1fH%.1f", y, x));
        }
        return path.append('z').toString();
    }

    /** The last point of each sliver of the time axis. */
    private List<Point> drawn() {
        final List<Point> shown = new ArrayList<>();
        long lastSliver = -1;
        for (final Point point : points) {
            final long sliver = (long) (time.place(seconds(point.timeNs())) * POINTS_PER_UNIT);
            if (sliver == lastSliver) {
                shown.set(shown.size() - 1, point);
            } else {
                shown.add(point);
            }
            lastSliver = sliver;
        }
        return shown;
    }

    /** An amount to three digits or so. */
    static String amount(final double value) {
        final double size = Math.abs(value);
        if (size >= 1e9) {
            return String.format(Locale.ROOT, "%.2f bn", value / 1e9);
        }
        if (size >= 1e6) {
            return String.format(Locale.ROOT, "%.2f m", value / 1e6);
        }
        if (size >= 1e3) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return size >= 1 || size == 0
                ? String.format(Locale.ROOT, "%.2f", value)
                : String.format(Locale.ROOT, "%.6f", value);
    }
}
