package org.isochron.ops.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.isochron.perf.core.Growth;
import org.isochron.perf.core.Growth.Dimension;
import org.isochron.perf.core.Growth.Point;
import org.isochron.perf.run.Conditions;
import org.isochron.risk.state.Capacities;

/** How the cost of a command grows: curves, and the cost of the dearest size over that of the cheapest. */
public final class GrowthReport implements BenchReport {
    private static final double WANTED_RATIO = 2;

    private final List<Point> points;
    private final Conditions conditions;

    public GrowthReport(final List<Point> points, final Conditions conditions) {
        this.points = points;
        this.conditions = conditions;
    }

    private List<Point> curve(final Dimension dimension, final boolean skewed) {
        return points.stream()
                .filter(point -> point.dimension() == dimension && point.skewed() == skewed)
                .toList();
    }

    private double ratio(final Dimension dimension, final boolean skewed) {
        final List<Point> curve = curve(dimension, skewed);
        return curve.stream().mapToDouble(Point::nsPerOp).max().orElseThrow()
                / curve.stream().mapToDouble(Point::nsPerOp).min().orElseThrow();
    }

    private static String access(final boolean skewed) {
        return skewed ? "zipf" : "uniform";
    }

    @Override
    public void print(final PrintWriter out) {
        ConditionsText.lines(conditions).forEach(out::println);
        out.println(base());
        out.println(limits());
        out.println();
        out.println(String.format(Locale.ROOT, "%-12s %-8s %10s %8s %8s", "grows", "access", "size", "ns/op", "B/op"));
        for (final Point point : points) {
            out.println(String.format(
                    Locale.ROOT,
                    "%-12s %-8s %,10d %8.1f %8.2f",
                    point.dimension().id(),
                    access(point.skewed()),
                    point.size(),
                    point.nsPerOp(),
                    point.bytesPerOp()));
        }
        out.println();
        targets().forEach(target -> out.println(target.line()));
        for (final Dimension dimension : Dimension.values()) {
            out.println(String.format(
                    Locale.ROOT,
                    "%-8s %s, uniform: dearest over cheapest %.2f",
                    "",
                    dimension.id(),
                    ratio(dimension, false)));
        }
        out.flush();
    }

    private static String base() {
        return String.format(
                Locale.ROOT,
                "what does not grow: %d instruments, %,d accounts, %,d resting orders",
                Growth.BASE.instruments(),
                Growth.BASE.accounts(),
                Growth.BASE.resting());
    }

    private static String limits() {
        return String.format(
                Locale.ROOT,
                "a venue has room for %,d accounts; beyond %,d of them sessions speak for their whole firm",
                Capacities.LARGEST.accounts(),
                Growth.mostNamedAccounts());
    }

    private List<Target> targets() {
        final List<Target> targets = new ArrayList<>();
        for (final Dimension dimension : Dimension.values()) {
            targets.add(Target.atMost(
                    dimension.id() + ", Zipf(0.99): dearest over cheapest", ratio(dimension, true), WANTED_RATIO, ""));
        }
        return targets;
    }

    @Override
    public ObjectNode toJson() {
        final ObjectNode json = new ObjectMapper().createObjectNode();
        final ObjectNode curves = json.putObject("curves");
        final ObjectNode ratios = json.putObject("ratioDearestToCheapest");
        for (final Dimension dimension : Dimension.values()) {
            final ObjectNode curve = curves.putObject(dimension.id());
            final ObjectNode ratio = ratios.putObject(dimension.id());
            for (final boolean skewed : new boolean[] {true, false}) {
                ratio.put(access(skewed), ratio(dimension, skewed));
                final ArrayNode sizes = curve.putArray(access(skewed));
                curve(dimension, skewed)
                        .forEach(point -> sizes.addObject()
                                .put("size", point.size())
                                .put("nsPerOp", point.nsPerOp())
                                .put("bytesPerOp", point.bytesPerOp()));
            }
        }
        ConditionsText.put(json, conditions);
        json.withObject("/conditions").put("base", base()).put("limits", limits());
        return json;
    }

    @Override
    public BarChart toChart() {
        final BarChart chart = new BarChart("The whole core as it grows: ns per command, less is better");
        for (final Dimension dimension : Dimension.values()) {
            for (final boolean skewed : new boolean[] {true, false}) {
                chart.group(String.format(
                        Locale.ROOT,
                        "%s, %s access: dearest over cheapest %.2f",
                        dimension.id(),
                        access(skewed),
                        ratio(dimension, skewed)));
                curve(dimension, skewed)
                        .forEach(point -> chart.bar(
                                String.format(Locale.ROOT, "%,d", point.size()),
                                point.nsPerOp(),
                                String.format(Locale.ROOT, "%.0f ns", point.nsPerOp()),
                                skewed));
            }
        }
        chart.note(base());
        chart.note(limits());
        ConditionsText.lines(conditions).forEach(chart::note);
        return chart;
    }
}
