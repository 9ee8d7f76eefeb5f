package org.isochron.ops.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.isochron.perf.core.ScanCost;
import org.isochron.perf.core.ScanStorm;
import org.isochron.perf.core.ScanStorm.Round;
import org.isochron.perf.run.Conditions;
import org.isochron.perf.run.Rounds;

/** What a risk node needs after a mark, and whether orders on the matcher feel it. */
public final class ScanReport implements BenchReport {
    private static final double WANTED_HOLDERS_US = 1_000;
    private static final double WANTED_PASS_US = 4_000;
    private static final double WANTED_RATIO = 1.2;
    private static final double NS_PER_US = 1_000;

    private final ScanCost.Result scan;
    private final List<Round> quiet;
    private final List<Round> storm;
    private final Conditions conditions;

    /** @param orders rounds of both kinds, at least one of each. */
    public ScanReport(final ScanCost.Result scan, final List<Round> orders, final Conditions conditions) {
        this.scan = scan;
        this.conditions = conditions;
        quiet = orders.stream().filter(round -> !round.storm()).toList();
        storm = orders.stream().filter(Round::storm).toList();
    }

    private double ratio(final ToDoubleFunction<Round> figure) {
        return Rounds.median(storm, figure) / Rounds.median(quiet, figure);
    }

    private static double us(final double ns) {
        return ns / NS_PER_US;
    }

    private List<Target> targets() {
        return List.of(
                Target.atMost("100,000 holders after a mark, p50", us(scan.holdersP50()), WANTED_HOLDERS_US, " us"),
                Target.atMost("100,000 accounts of 3 positions, p50", us(scan.passP50()), WANTED_PASS_US, " us"),
                Target.atMost("allocated in a pass", scan.bytesPerPass(), 0, " bytes"),
                Target.atMost("order latency p50: storm over quiet", ratio(Round::p50), WANTED_RATIO, ""),
                Target.atMost("order latency p99: storm over quiet", ratio(Round::p99), WANTED_RATIO, ""));
    }

    @Override
    public void print(final PrintWriter out) {
        ConditionsText.lines(conditions).forEach(out::println);
        out.println();
        out.println(String.format(Locale.ROOT, "%-40s %10s %10s %10s", "risk node, us", "p50", "p99", "max"));
        line(out, "holders of one instrument, its mark", scan.holdersP50(), scan.holdersP99(), scan.holdersMax());
        line(out, "all accounts, three marks", scan.passP50(), scan.passP99(), scan.passMax());
        out.println(String.format(
                Locale.ROOT,
                "%.2f ns for each holder; when every account is judged by its margins anew, %,.0f us for all",
                (double) scan.holdersP50() / ScanCost.ACCOUNTS,
                us(scan.judgedP50())));
        out.println();
        out.println(String.format(
                Locale.ROOT,
                "%,d orders a second, %,d marks a second in the storm, medians of %d rounds each",
                ScanStorm.ORDERS_PER_SECOND,
                ScanStorm.MARKS_PER_SECOND,
                quiet.size()));
        out.println(String.format(
                Locale.ROOT, "%-40s %10s %10s %10s", "order, us from when it was due", "p50", "p99", "p99.9"));
        orders(out, "quiet", quiet);
        orders(out, "storm", storm);
        out.println();
        targets().forEach(target -> out.println(target.line()));
        out.flush();
    }

    private static void orders(final PrintWriter out, final String label, final List<Round> rounds) {
        line(
                out,
                label,
                Rounds.median(rounds, Round::p50),
                Rounds.median(rounds, Round::p99),
                Rounds.median(rounds, Round::p999));
    }

    private static void line(
            final PrintWriter out, final String label, final double p50, final double p99, final double last) {
        out.println(String.format(Locale.ROOT, "%-40s %,10.1f %,10.1f %,10.1f", label, us(p50), us(p99), us(last)));
    }

    @Override
    public ObjectNode toJson() {
        final ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("holdersP50Us", us(scan.holdersP50()))
                .put("holdersP99Us", us(scan.holdersP99()))
                .put("holdersMaxUs", us(scan.holdersMax()))
                .put("nsPerHolder", (double) scan.holdersP50() / ScanCost.ACCOUNTS)
                .put("fullPassP50Us", us(scan.passP50()))
                .put("fullPassP99Us", us(scan.passP99()))
                .put("fullPassMaxUs", us(scan.passMax()))
                .put("allJudgedAnewP50Us", us(scan.judgedP50()))
                .put("bytesPerPass", scan.bytesPerPass())
                .put("orderP50Ratio", ratio(Round::p50))
                .put("orderP99Ratio", ratio(Round::p99))
                .put("ordersPerSecond", ScanStorm.ORDERS_PER_SECOND)
                .put("marksPerSecond", ScanStorm.MARKS_PER_SECOND);
        put(json.putArray("quiet"), quiet);
        put(json.putArray("storm"), storm);
        ConditionsText.put(json, conditions);
        return json;
    }

    private static void put(final ArrayNode array, final List<Round> rounds) {
        for (final Round round : rounds) {
            array.addObject()
                    .put("p50Us", us(round.p50()))
                    .put("p99Us", us(round.p99()))
                    .put("p999Us", us(round.p999()))
                    .put("maxUs", us(round.max()))
                    .put("scans", round.scans());
        }
    }

    @Override
    public BarChart toChart() {
        final BarChart chart = new BarChart("A risk node after a mark, and orders beside it: less is better");
        chart.group("judging again, p50");
        bar(chart, "100,000 holders, one mark", scan.holdersP50(), true);
        bar(chart, "wanted at most", WANTED_HOLDERS_US * NS_PER_US, false);
        chart.group("judging all, p50");
        bar(chart, "100,000 accounts, three marks", scan.passP50(), true);
        bar(chart, "wanted at most", WANTED_PASS_US * NS_PER_US, false);
        chart.group("order on the matcher, p50");
        bar(chart, "quiet", Rounds.median(quiet, Round::p50), false);
        bar(chart, "1,000 marks a second", Rounds.median(storm, Round::p50), true);
        chart.group("order on the matcher, p99");
        bar(chart, "quiet", Rounds.median(quiet, Round::p99), false);
        bar(chart, "1,000 marks a second", Rounds.median(storm, Round::p99), true);
        ConditionsText.lines(conditions).forEach(chart::note);
        return chart;
    }

    private static void bar(final BarChart chart, final String label, final double ns, final boolean ours) {
        chart.bar(label, us(ns), String.format(Locale.ROOT, "%,.1f us", us(ns)), ours);
    }
}
