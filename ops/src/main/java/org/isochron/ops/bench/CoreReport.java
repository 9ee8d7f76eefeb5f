package org.isochron.ops.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.isochron.perf.core.CoreComparison;
import org.isochron.perf.run.Conditions;
import org.isochron.perf.run.Figures;
import org.isochron.perf.run.Rounds;

/** The whole core on one thread beside exchange-core's pipeline: medians of the rounds, with their spread. */
public final class CoreReport implements BenchReport {
    private static final double WANTED_RATIO = 2.5;
    private static final double WANTED_PER_SECOND = 3_000_000;
    private static final double WANTED_P99_NS = 1_000;
    private static final String OURS = "isochron, one thread";

    private final CoreComparison.Result result;
    private final Conditions conditions;

    public CoreReport(final CoreComparison.Result result, final Conditions conditions) {
        this.result = result;
        this.conditions = conditions;
    }

    private double ours() {
        return Rounds.median(result.ours(), Figures::commandsPerSecond);
    }

    private double peer() {
        return Rounds.median(result.peer(), Figures::commandsPerSecond);
    }

    private String peerName() {
        return "exchange-core pipeline, " + result.chosen();
    }

    @Override
    public void print(final PrintWriter out) {
        ConditionsText.lines(conditions).forEach(out::println);
        out.println(market());
        out.println();
        out.println(String.format(
                Locale.ROOT,
                "%-36s %12s %25s %8s %6s %6s %6s",
                "",
                "commands/s",
                "least .. most",
                "B/op",
                "p50",
                "p99",
                "p99.9"));
        out.println(row(OURS, result.ours())
                + String.format(
                        Locale.ROOT,
                        " %6d %6d %6d",
                        Rounds.medianLong(result.ours(), Figures::p50),
                        Rounds.medianLong(result.ours(), Figures::p99),
                        Rounds.medianLong(result.ours(), Figures::p999)));
        out.println(row(peerName(), result.peer()));
        out.println();
        result.strategies()
                .forEach((strategy, perSecond) -> out.println(String.format(
                        Locale.ROOT,
                        "exchange-core with %-10s %s",
                        strategy,
                        perSecond == 0
                                ? "did not come to an end in time"
                                : String.format(Locale.ROOT, "%,.0f commands/s when tried", perSecond))));
        out.println();
        targets().forEach(target -> out.println(target.line()));
        out.flush();
    }

    private static String market() {
        return String.format(
                Locale.ROOT,
                "%d instruments, %,d accounts, %,d resting orders; the main mix: new 45 %%, cancel 40, move 5, reduce 3,"
                        + " take 7",
                CoreComparison.MARKET.instruments(),
                CoreComparison.MARKET.accounts(),
                CoreComparison.MARKET.resting());
    }

    private static String row(final String name, final List<Figures> rounds) {
        return String.format(
                Locale.ROOT,
                "%-36s %,12.0f %,11.0f .. %,10.0f %8.2f",
                name,
                Rounds.median(rounds, Figures::commandsPerSecond),
                Rounds.least(rounds, Figures::commandsPerSecond),
                Rounds.most(rounds, Figures::commandsPerSecond),
                Rounds.medianHundredths(rounds, Figures::bytesPerOp));
    }

    private List<Target> targets() {
        return List.of(
                Target.atLeast("times as fast as exchange-core's pipeline", ours() / peer(), WANTED_RATIO, ""),
                Target.atLeast("commands a second", ours(), WANTED_PER_SECOND, ""),
                Target.atMost(
                        "bytes allocated per command",
                        Rounds.medianHundredths(result.ours(), Figures::bytesPerOp),
                        0,
                        ""),
                Target.atMost(
                        "p99, clock included", Rounds.medianLong(result.ours(), Figures::p99), WANTED_P99_NS, " ns"));
    }

    @Override
    public ObjectNode toJson() {
        final ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("commandsPerSecond", ours())
                .put("ratioToExchangeCorePipeline", ours() / peer())
                .put("bytesPerOp", Rounds.medianHundredths(result.ours(), Figures::bytesPerOp))
                .put("p50", Rounds.medianLong(result.ours(), Figures::p50))
                .put("p99", Rounds.medianLong(result.ours(), Figures::p99))
                .put("p999", Rounds.medianLong(result.ours(), Figures::p999));
        final ObjectNode peer = json.putObject("exchangeCorePipeline");
        peer.put("commandsPerSecond", peer())
                .put("bytesPerOp", Rounds.medianHundredths(result.peer(), Figures::bytesPerOp))
                .put("waitStrategy", result.chosen());
        final ObjectNode strategies = peer.putObject("commandsPerSecondWhenTried");
        result.strategies().forEach(strategies::put);
        spread(json.putObject("spread").putObject("isochron"), result.ours());
        spread(json.withObject("/spread").putObject("exchangeCorePipeline"), result.peer());
        ConditionsText.put(json, conditions);
        json.withObject("/conditions").put("market", market());
        return json;
    }

    private static void spread(final ObjectNode json, final List<Figures> rounds) {
        json.put("commandsPerSecondLeast", Rounds.least(rounds, Figures::commandsPerSecond))
                .put("commandsPerSecondMost", Rounds.most(rounds, Figures::commandsPerSecond));
    }

    @Override
    public BarChart toChart() {
        final BarChart chart = new BarChart("The whole core: commands a second, more is better");
        chart.group(String.format(Locale.ROOT, "%.2f times exchange-core's pipeline", ours() / peer()))
                .bar(OURS, ours(), number(ours(), result.ours()), true)
                .bar(peerName(), peer(), number(peer(), result.peer()), false);
        chart.note(market());
        ConditionsText.lines(conditions).forEach(chart::note);
        return chart;
    }

    private static String number(final double perSecond, final List<Figures> rounds) {
        return String.format(
                Locale.ROOT, "%,.0f/s, %.1f B", perSecond, Rounds.medianHundredths(rounds, Figures::bytesPerOp));
    }
}
