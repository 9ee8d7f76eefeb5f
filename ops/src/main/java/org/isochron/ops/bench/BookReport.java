package org.isochron.ops.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.isochron.perf.book.EngineKind;
import org.isochron.perf.flow.FlowShape;
import org.isochron.perf.run.Conditions;
import org.isochron.perf.run.Figures;
import org.isochron.perf.run.Rounds;

/** The order book alone beside its peers: medians of the rounds, with their spread. */
public final class BookReport implements BenchReport {
    private static final double WANTED_RATIO = 2;
    private static final double WANTED_P99_NS = 150;
    private static final double WANTED_P999_NS = 300;

    private final Map<FlowShape, Map<EngineKind, List<Figures>>> figures;
    private final Conditions conditions;

    /** @param figures for each workload and engine those of each round. */
    public BookReport(final Map<FlowShape, Map<EngineKind, List<Figures>>> figures, final Conditions conditions) {
        this.figures = figures;
        this.conditions = conditions;
    }

    private static double nsPerOp(final List<Figures> rounds) {
        return Rounds.median(rounds, Figures::nsPerOp);
    }

    private double ratio(final FlowShape shape) {
        return nsPerOp(figures.get(shape).get(EngineKind.EXCHANGE_CORE_DIRECT))
                / nsPerOp(figures.get(shape).get(EngineKind.ISOCHRON));
    }

    @Override
    public void print(final PrintWriter out) {
        ConditionsText.lines(conditions).forEach(out::println);
        figures.forEach((shape, engines) -> {
            out.println();
            out.println(String.format(
                    Locale.ROOT,
                    "%-20s %8s %17s %6s %6s %6s %8s %9s",
                    shape.name(),
                    "ns/op",
                    "least .. most",
                    "p50",
                    "p99",
                    "p99.9",
                    "B/op",
                    "trades"));
            engines.forEach((kind, rounds) -> out.println(row(kind, rounds)));
        });
        out.println();
        targets().forEach(target -> out.println(target.line()));
        out.flush();
    }

    private static String row(final EngineKind kind, final List<Figures> rounds) {
        return String.format(
                Locale.ROOT,
                "%-20s %8.1f %7.1f .. %6.1f %6d %6d %6d %8.2f %,9d",
                kind.id(),
                nsPerOp(rounds),
                Rounds.least(rounds, Figures::nsPerOp),
                Rounds.most(rounds, Figures::nsPerOp),
                Rounds.medianLong(rounds, Figures::p50),
                Rounds.medianLong(rounds, Figures::p99),
                Rounds.medianLong(rounds, Figures::p999),
                Rounds.medianHundredths(rounds, Figures::bytesPerOp),
                rounds.get(0).trades());
    }

    private List<Target> targets() {
        final List<Target> targets = new ArrayList<>();
        figures.forEach((shape, engines) -> {
            final List<Figures> ours = engines.get(EngineKind.ISOCHRON);
            final String name = shape.name();
            targets.add(
                    Target.atLeast(name + ": times faster than exchangeCoreDirect", ratio(shape), WANTED_RATIO, ""));
            targets.add(Target.atMost(
                    name + ": p99, clock included", Rounds.medianLong(ours, Figures::p99), WANTED_P99_NS, " ns"));
            targets.add(Target.atMost(
                    name + ": p99.9, clock included", Rounds.medianLong(ours, Figures::p999), WANTED_P999_NS, " ns"));
            targets.add(Target.atMost(
                    name + ": bytes allocated per command", Rounds.medianHundredths(ours, Figures::bytesPerOp), 0, ""));
        });
        return targets;
    }

    @Override
    public ObjectNode toJson() {
        final ObjectNode json = new ObjectMapper().createObjectNode();
        final ObjectNode workloads = json.putObject("workloads");
        final ObjectNode ratios = json.putObject("ratioToExchangeCoreDirect");
        final ObjectNode spread = json.putObject("spread");
        figures.forEach((shape, engines) -> {
            ratios.put(shape.name(), ratio(shape));
            final ObjectNode workload = workloads.putObject(shape.name());
            final ObjectNode spreads = spread.putObject(shape.name());
            engines.forEach((kind, rounds) -> {
                put(workload.putObject(kind.id()), rounds);
                spreads.putObject(kind.id())
                        .put("nsPerOpLeast", Rounds.least(rounds, Figures::nsPerOp))
                        .put("nsPerOpMost", Rounds.most(rounds, Figures::nsPerOp))
                        .put("maxNs", (long) Rounds.most(rounds, Figures::max));
            });
        });
        ConditionsText.put(json, conditions);
        return json;
    }

    private static void put(final ObjectNode engine, final List<Figures> rounds) {
        engine.put("nsPerOp", nsPerOp(rounds))
                .put("p50", Rounds.medianLong(rounds, Figures::p50))
                .put("p99", Rounds.medianLong(rounds, Figures::p99))
                .put("p999", Rounds.medianLong(rounds, Figures::p999))
                .put("bytesPerOp", Rounds.medianHundredths(rounds, Figures::bytesPerOp))
                .put("trades", rounds.get(0).trades());
    }

    @Override
    public BarChart toChart() {
        final BarChart chart = new BarChart("The order book alone, one thread: ns per command, less is better");
        figures.forEach((shape, engines) -> {
            chart.group(String.format(Locale.ROOT, "%s: %.2f times exchange-core direct", shape.name(), ratio(shape)));
            engines.forEach((kind, rounds) -> chart.bar(
                    kind.id(),
                    nsPerOp(rounds),
                    String.format(
                            Locale.ROOT,
                            "%.1f ns, p99 %d, %.1f B",
                            nsPerOp(rounds),
                            Rounds.medianLong(rounds, Figures::p99),
                            Rounds.medianHundredths(rounds, Figures::bytesPerOp)),
                    kind == EngineKind.ISOCHRON));
        });
        ConditionsText.lines(conditions).forEach(chart::note);
        return chart;
    }
}
