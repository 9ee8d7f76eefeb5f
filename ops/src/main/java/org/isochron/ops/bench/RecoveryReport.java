package org.isochron.ops.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.isochron.perf.run.Conditions;

/** What it takes a node to come back: its snapshot taken, checked and loaded, its journal replayed. */
public final class RecoveryReport implements BenchReport {
    private static final double WANTED_LOAD_MS = 2_000;
    private static final double WANTED_PER_SECOND = 2_000_000;
    private static final double BYTES_PER_MIB = 1 << 20;

    private final Properties figures;
    private final Conditions conditions;

    /** @param figures by name, as the measurement has them. */
    public RecoveryReport(final Properties figures, final Conditions conditions) {
        this.figures = figures;
        this.conditions = conditions;
    }

    private double figure(final String name) {
        return Double.parseDouble(figures.getProperty(name));
    }

    private List<Target> targets() {
        return List.of(
                Target.atMost("snapshot load, a JVM that has just begun", figure("coldLoadMs"), WANTED_LOAD_MS, " ms"),
                Target.atLeast("replay", figure("perSecond"), WANTED_PER_SECOND, " commands/s"));
    }

    @Override
    public void print(final PrintWriter out) {
        ConditionsText.lines(conditions).forEach(out::println);
        out.println();
        row(
                out,
                "state",
                String.format(Locale.ROOT, "%,.0f orders, %,.0f accounts", figure("orders"), figure("accounts")));
        row(out, "snapshot", String.format(Locale.ROOT, "%,.1f MiB", figure("bytes") / BYTES_PER_MIB));
        row(out, "copy at the mark", milliseconds("copyMs") + ", the first time " + milliseconds("firstCopyMs"));
        row(out, "write", milliseconds("writeMs") + ", on its own thread, to the disk");
        row(out, "verify", milliseconds("verifyMs") + ", on its own thread: read, load, hash");
        row(out, "load", milliseconds("loadMs") + ", of it reading " + milliseconds("readMs"));
        row(out, "load, cold JVM", milliseconds("coldLoadMs") + ", of it reading " + milliseconds("coldReadMs"));
        row(
                out,
                "replay",
                perSecond("perSecond")
                        + String.format(Locale.ROOT, " of %,.0f frames, the first tenth left out", figure("replayed")));
        row(out, "replay, cold JVM", perSecond("coldPerSecond") + " in the first tenth");
        out.println();
        targets().forEach(target -> out.println(target.line()));
        out.flush();
    }

    private static void row(final PrintWriter out, final String name, final String value) {
        out.println(String.format(Locale.ROOT, "%-18s %s", name, value));
    }

    private String milliseconds(final String name) {
        return String.format(Locale.ROOT, "%,.0f ms", figure(name));
    }

    private String perSecond(final String name) {
        return String.format(Locale.ROOT, "%,.0f commands/s", figure(name));
    }

    @Override
    public ObjectNode toJson() {
        final ObjectNode json = new ObjectMapper().createObjectNode();
        for (final String name : List.of("orders", "accounts", "bytes", "replayed")) {
            json.put(name, Math.round(figure(name)));
        }
        for (final String name : List.of(
                "firstCopyMs", "copyMs", "writeMs", "verifyMs", "loadMs", "readMs", "coldLoadMs", "coldReadMs")) {
            json.put(name, figure(name));
        }
        json.put("replayPerSecond", Math.round(figure("perSecond")));
        json.put("coldReplayPerSecond", Math.round(figure("coldPerSecond")));
        ConditionsText.put(json, conditions);
        return json;
    }

    @Override
    public BarChart toChart() {
        final BarChart chart = new BarChart("A snapshot from its taking to its loading: ms, less is better");
        chart.group("on the core's thread");
        bar(chart, "copy at the mark", "copyMs", true);
        chart.group("on a thread of its own");
        bar(chart, "write", "writeMs", false);
        bar(chart, "verify", "verifyMs", false);
        chart.group("at the start of a node");
        bar(chart, "load, warm", "loadMs", false);
        bar(chart, "load, cold JVM", "coldLoadMs", true);
        ConditionsText.lines(conditions).forEach(chart::note);
        return chart;
    }

    private void bar(final BarChart chart, final String label, final String name, final boolean isOurs) {
        chart.bar(label, figure(name), milliseconds(name), isOurs);
    }
}
