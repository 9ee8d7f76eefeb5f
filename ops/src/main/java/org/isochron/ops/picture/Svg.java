package org.isochron.ops.picture;

import java.util.Locale;

/** Writes SVG elements one after the other, numbers to a tenth, texts escaped. */
public final class Svg {
    private final StringBuilder out = new StringBuilder();

    /**
     * Begins a picture.
     *
     * @param attributes more of the {@code svg} element's, as they are to be written.
     * @param label      what it shows, for who cannot see it.
     */
    public Svg(final int width, final int height, final String attributes, final String label) {
        line(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" %s role=\"img\" aria-label=\"%s\">",
                width, height, attributes, escaped(label));
    }

    /** Text that nothing in it can be mistaken for an element. */
    public static String escaped(final String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** A line of what is written, formatted the same everywhere. */
    public Svg line(final String format, final Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
        return this;
    }

    public Svg text(final double x, final double y, final String attributes, final String text) {
        return line("<text x=\"%.1f\" y=\"%.1f\" %s>%s</text>", x, y, attributes, escaped(text));
    }

    public Svg rectangle(
            final double x, final double y, final double width, final double height, final String attributes) {
        return line("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" %s/>", x, y, width, height, attributes);
    }

    public Svg stroke(final double x1, final double y1, final double x2, final double y2, final String attributes) {
        return line("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" %s/>", x1, y1, x2, y2, attributes);
    }

    /** @param title shown by whoever points at it; empty for none. */
    public Svg path(final String data, final String attributes, final String title) {
        return title.isEmpty()
                ? line("<path d=\"%s\" %s/>", data, attributes)
                : line("<path d=\"%s\" %s><title>%s</title></path>", data, attributes, escaped(title));
    }

    /** The whole picture. */
    public String end() {
        return out.append("</svg>\n").toString();
    }
}
