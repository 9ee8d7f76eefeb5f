package org.isochron.ops.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.isochron.perf.run.Conditions;

/** The conditions of a run, in words and in JSON. */
final class ConditionsText {
    private ConditionsText() {}

    static List<String> lines(final Conditions conditions) {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%s; %s, %d cores, nothing pinned; %s",
                        conditions.time(),
                        conditions.cpu(),
                        conditions.cores(),
                        conditions.os()),
                "JDK " + conditions.jdk(),
                String.format(
                        Locale.ROOT,
                        "load average %.2f before, %.2f after; %,d commands, %d rounds; reading the clock costs %d ns",
                        conditions.loadBefore(),
                        conditions.loadAfter(),
                        conditions.commands(),
                        conditions.rounds(),
                        conditions.timerNs()));
    }

    static void put(final ObjectNode json, final Conditions conditions) {
        json.putObject("conditions")
                .put("time", conditions.time())
                .put("jdk", conditions.jdk())
                .put("os", conditions.os())
                .put("cpu", conditions.cpu())
                .put("cores", conditions.cores())
                .put("loadBefore", conditions.loadBefore())
                .put("loadAfter", conditions.loadAfter())
                .put("rounds", conditions.rounds())
                .put("commands", conditions.commands())
                .put("timerNs", conditions.timerNs())
                .put("pinning", "none");
    }
}
