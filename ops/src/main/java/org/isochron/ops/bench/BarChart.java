package org.isochron.ops.bench;

import java.util.ArrayList;
import java.util.List;
import org.isochron.ops.picture.Svg;

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
        final int height = height();
        final Svg svg = new Svg(WIDTH, height, "font-family=\"Helvetica, Arial, sans-serif\" font-size=\"13\"", title);
        svg.rectangle(0, 0, WIDTH, height, "fill=\"#fbfcfd\"");
        svg.text(MARGIN, 34, "font-size=\"17\" font-weight=\"bold\" fill=\"#123\"", title);
        int y = HEAD;
        for (final Group group : groups) {
            y = draw(svg, group, y);
        }
        for (final String note : notes) {
            svg.text(MARGIN, y, "font-size=\"11.5\" fill=\"#345\"", note);
            y += LINE;
        }
        return svg.end();
    }

    private int height() {
        int height = HEAD + notes.size() * LINE + MARGIN / 2;
        for (final Group group : groups) {
            height += GROUP_GAP + group.bars().size() * ROW;
        }
        return height;
    }

    private static int draw(final Svg svg, final Group group, final int top) {
        final double longest =
                group.bars().stream().mapToDouble(Bar::value).max().orElse(0);
        svg.text(MARGIN, top + 14, "font-weight=\"bold\" fill=\"#123\"", group.title());
        int y = top + 22;
        for (final Bar bar : group.bars()) {
            final double length =
                    longest == 0 ? 0 : bar.value() / longest * (WIDTH - 2 * MARGIN - LABEL_WIDTH - NUMBER_WIDTH);
            final int left = MARGIN + LABEL_WIDTH;
            svg.text(left - 8, y + 15, "text-anchor=\"end\" fill=\"#345\"", bar.label());
            svg.rectangle(
                    left,
                    y,
                    Math.max(1, length),
                    BAR_HEIGHT,
                    "rx=\"3\" fill=\"" + (bar.ours() ? "#f2a65a" : "#dbe7f3")
                            + "\" stroke=\"#345\" stroke-width=\"0.8\"");
            svg.text(left + Math.round(length) + 8, y + 15, "fill=\"#123\"", bar.number());
            y += ROW;
        }
        return top + GROUP_GAP + group.bars().size() * ROW;
    }
}
