package org.isochron.ops.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Horizontal bars in groups, each with its number beside it, as an SVG picture. Each group has a scale of its own. */
public final class BarChart {
    private static final int WIDTH = 860;
    private static final int MARGIN = 24;
    private static final int LABEL_WIDTH = 230;
    private static final int NUMBER_WIDTH = 150;
    private static final int BAR_HEIGHT = 20;
    private static final int ROW = 26;
    private static final int GROUP_GAP = 34;
    private static final int HEAD = 56;
    private static final int LINE = 16;

    /** A bar. */
    private record Bar(String label, double value, String number, boolean ours) {}

    private record Group(String title, List<Bar> bars) {}

    private final String title;
    private final List<Group> groups = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    public BarChart(final String title) {
        this.title = title;
    }

    /** Begins a group; following bars belong to it. */
    public BarChart group(final String groupTitle) {
        groups.add(new Group(groupTitle, new ArrayList<>()));
        return this;
    }

    /**
     * Adds a bar to the last group.
     *
     * @param value  its length in the group's scale, not negative.
     * @param number what is written beside it.
     * @param ours   drawn in the stronger colour.
     */
    public BarChart bar(final String label, final double value, final String number, final boolean ours) {
        groups.get(groups.size() - 1).bars().add(new Bar(label, value, number, ours));
        return this;
    }

    /** Adds a line below the bars. */
    public BarChart note(final String text) {
        notes.add(text);
        return this;
    }

    public String toSvg() {
        final StringBuilder svg = new StringBuilder();
        final int height = height();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"Helvetica, Arial,"
                        + " sans-serif\" font-size=\"13\" role=\"img\" aria-label=\"%s\">%n",
                WIDTH,
                height,
                escaped(title)));
        svg.append(String.format(Locale.ROOT, "<rect width=\"%d\" height=\"%d\" fill=\"#fbfcfd\"/>%n", WIDTH, height));
        text(svg, MARGIN, 34, "font-size=\"17\" font-weight=\"bold\" fill=\"#123\"", title);
        int y = HEAD;
        for (final Group group : groups) {
            y = draw(svg, group, y);
        }
        for (final String note : notes) {
            text(svg, MARGIN, y, "font-size=\"11.5\" fill=\"#345\"", note);
            y += LINE;
        }
        return svg.append("</svg>\n").toString();
    }

    private int height() {
        int height = HEAD + notes.size() * LINE + MARGIN / 2;
        for (final Group group : groups) {
            height += GROUP_GAP + group.bars().size() * ROW;
        }
        return height;
    }

    private static int draw(final StringBuilder svg, final Group group, final int top) {
        final double longest =
                group.bars().stream().mapToDouble(Bar::value).max().orElse(0);
        text(svg, MARGIN, top + 14, "font-weight=\"bold\" fill=\"#123\"", group.title());
        int y = top + 22;
        for (final Bar bar : group.bars()) {
            final double length =
                    longest == 0 ? 0 : bar.value() / longest * (WIDTH - 2 * MARGIN - LABEL_WIDTH - NUMBER_WIDTH);
            final int left = MARGIN + LABEL_WIDTH;
            text(svg, left - 8, y + 15, "text-anchor=\"end\" fill=\"#345\"", bar.label());
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"3\" fill=\"%s\" stroke=\"#345\""
                            + " stroke-width=\"0.8\"/>%n",
                    left,
                    y,
                    Math.max(1, length),
                    BAR_HEIGHT,
                    bar.ours() ? "#f2a65a" : "#dbe7f3"));
            text(svg, left + (int) Math.round(length) + 8, y + 15, "fill=\"#123\"", bar.number());
            y += ROW;
        }
        return top + GROUP_GAP + group.bars().size() * ROW;
    }

    private static void text(
            final StringBuilder svg, final int x, final int y, final String attributes, final String text) {
        svg.append(
                String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" %s>%s</text>%n", x, y, attributes, escaped(text)));
    }

    private static String escaped(final String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
