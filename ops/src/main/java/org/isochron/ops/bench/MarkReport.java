package org.isochron.ops.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.isochron.perf.core.MarkCost.Point;
import org.isochron.perf.run.Conditions;

/** What a new mark costs the order path with few and with many open positions in the instrument. */
public final class MarkReport implements BenchReport {
    private static final double WANTED_RATIO = 2;

    private final List<Point> points;
    private final Conditions conditions;

    /** @param points from few positions to many. */
    public MarkReport(final List<Point> points, final Conditions conditions) {
        this.points = points;
        this.conditions = conditions;
    }

    private double ratio(final ToDoubleFunction<Point> figure) {
        return figure.applyAsDouble(points.get(points.size() - 1)) / figure.applyAsDouble(points.get(0));
    }

    private List<Target> targets() {
        return List.of(
                Target.atMost("mark update: many positions over few", ratio(Point::nsPerMark), WANTED_RATIO, ""),
                Target.atMost(
                        "mark update and a holder's bucket: many positions over few",
                        ratio(Point::nsPerMarkAndLook),
                        WANTED_RATIO,
                        ""));
    }

    @Override
    public void print(final PrintWriter out) {
        ConditionsText.lines(conditions).forEach(out::println);
        out.println();
        out.println(String.format(Locale.ROOT, "%12s %10s %16s", "positions", "ns/mark", "ns/mark and look"));
        for (final Point point : points) {
            out.println(String.format(
                    Locale.ROOT, "%,12d %10.1f %16.1f", point.holders(), point.nsPerMark(), point.nsPerMarkAndLook()));
        }
        out.println();
        targets().forEach(target -> out.println(target.line()));
        out.flush();
    }

    @Override
    public ObjectNode toJson() {
        final ObjectNode json = new ObjectMapper().createObjectNode();
        final ArrayNode sizes = json.putArray("sizes");
        for (final Point point : points) {
            sizes.addObject()
                    .put("positions", point.holders())
                    .put("nsPerMark", point.nsPerMark())
                    .put("nsPerMarkAndLook", point.nsPerMarkAndLook());
        }
        json.put("ratioMark", ratio(Point::nsPerMark));
        json.put("ratioMarkAndLook", ratio(Point::nsPerMarkAndLook));
        ConditionsText.put(json, conditions);
        return json;
    }

    @Override
    public BarChart toChart() {
        final BarChart chart = new BarChart("A new mark on the order path: ns, less is better");
        for (final boolean look : new boolean[] {false, true}) {
            chart.group(look ? "mark and a look at a holder's bucket" : "mark alone");
            for (final Point point : points) {
                final double ns = look ? point.nsPerMarkAndLook() : point.nsPerMark();
                chart.bar(
                        String.format(Locale.ROOT, "%,d", point.holders()),
                        ns,
                        String.format(Locale.ROOT, "%.0f ns", ns),
                        look);
            }
        }
        ConditionsText.lines(conditions).forEach(chart::note);
        return chart;
    }
}
