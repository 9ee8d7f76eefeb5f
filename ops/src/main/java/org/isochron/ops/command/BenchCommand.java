package org.isochron.ops.command;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.isochron.ops.bench.BenchReport;
import org.isochron.ops.bench.BookReport;
import org.isochron.ops.bench.CoreReport;
import org.isochron.ops.bench.GrowthReport;
import org.isochron.ops.bench.MarkReport;
import org.isochron.ops.bench.RecoveryReport;
import org.isochron.ops.bench.ScanReport;
import org.isochron.perf.book.BookComparison;
import org.isochron.perf.book.EngineKind;
import org.isochron.perf.core.CoreComparison;
import org.isochron.perf.core.Growth;
import org.isochron.perf.core.MarkCost;
import org.isochron.perf.core.RecoveryCost;
import org.isochron.perf.core.ScanCost;
import org.isochron.perf.core.ScanStorm;
import org.isochron.perf.flow.FlowShape;
import org.isochron.perf.run.Conditions;
import org.isochron.perf.run.Figures;
import org.isochron.perf.run.Timer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench}: measures the book and the core, beside others in the same run. */
@Command(
        name = "bench",
        description = {
            "Measure the order book or the whole core, beside its peers.",
            "",
            "Each engine runs in a JVM of its own, round after round, with the same commands from a fixed seed. A table"
                    + " with the conditions goes to standard output. A target that is missed is told as missed; the exit"
                    + " code says only whether it could be measured."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  isochron bench book --json book.json",
            "  isochron bench core --rounds 3",
            "  isochron bench growth --quick",
            "  isochron bench mark --quick",
            "  isochron bench recovery --quick",
            "  isochron bench scan --json scan.json"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:measured", "1:it failed: engines disagree, peers are missing", "2:wrong usage or bad input"},
        subcommands = {
            BenchCommand.Book.class,
            BenchCommand.Core.class,
            BenchCommand.GrowthCurves.class,
            BenchCommand.Mark.class,
            BenchCommand.Recovery.class,
            BenchCommand.Scan.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "bench what? book, core, growth, mark, recovery or scan");
    }

    /** {@code bench book}. */
    @Command(
            name = "book",
            description = {
                "Measure the order book alone beside other open-source books.",
                "",
                "Three workloads: main (2,500 orders on 200 levels), wide (20,000 on 3,700) and randomIds (main, with ids"
                        + " of 62 bits). Engines: isochron, exchange-core direct and naive, parity-match. All must make the"
                        + " same trades. Takes five minutes."
            },
            footer = {
                "  isochron bench book --json book.json",
                "  isochron bench book --quick",
            })
    static final class Book extends MeasuringCommand {
        @Override
        BenchReport measure() {
            final double loadBefore = Conditions.load();
            final int commands = isQuick() ? BookComparison.QUICK_COMMANDS : BookComparison.COMMANDS;
            final BookComparison comparison = new BookComparison(root(), commands, rounds());
            final Map<FlowShape, Map<EngineKind, List<Figures>>> figures =
                    watched("measuring", "trials", comparison.trials(), comparison::run);
            return new BookReport(figures, Conditions.now(loadBefore, rounds(), commands, Timer.costNs()));
        }
    }

    /** {@code bench core}. */
    @Command(
            name = "core",
            description = {
                "Measure the whole core beside exchange-core's own pipeline.",
                "",
                "Ours on one thread: check, decode, gate, match, settle, encode events. Theirs on its own threads: risk,"
                        + " matching, risk, with the wait strategy that is fastest here. The same commands, 8 instruments"
                        + " and 1,000 accounts; both must make the same trades. Takes three minutes."
            },
            footer = {
                "  isochron bench core --json core.json",
                "  isochron bench core --quick",
            })
    static final class Core extends MeasuringCommand {
        @Override
        BenchReport measure() {
            final double loadBefore = Conditions.load();
            final int commands = isQuick() ? CoreComparison.QUICK_COMMANDS : CoreComparison.COMMANDS;
            final CoreComparison comparison = new CoreComparison(root(), commands, rounds());
            final CoreComparison.Result result = watched("measuring", "trials", comparison.trials(), comparison::run);
            return new CoreReport(result, Conditions.now(loadBefore, rounds(), commands, Timer.costNs()));
        }
    }

    /** {@code bench growth}. */
    @Command(
            name = "growth",
            description = {
                "Measure how the core's cost grows with orders, accounts and instruments.",
                "",
                "One of them grows at a time: resting orders from 1,000 to 1,000,000, accounts from 1,000 to the most a"
                        + " venue has room for, instruments from 1 to 500. What a command is about is picked by Zipf's law"
                        + " (exponent 0.99), and evenly. Takes ten minutes."
            },
            footer = {
                "  isochron bench growth --json growth.json",
                "  isochron bench growth --quick",
            })
    static final class GrowthCurves extends MeasuringCommand {
        @Override
        BenchReport measure() {
            final double loadBefore = Conditions.load();
            final int commands = isQuick() ? Growth.QUICK_COMMANDS : Growth.COMMANDS;
            final Growth growth = new Growth(root(), commands, rounds());
            final List<Growth.Point> points = watched("measuring", "trials", growth.trials(), growth::run);
            return new GrowthReport(points, Conditions.now(loadBefore, rounds(), commands, Timer.costNs()));
        }
    }

    /** {@code bench mark}. */
    @Command(
            name = "mark",
            description = {
                "Measure what a new mark costs the order path, with few positions and many.",
                "",
                "1,000 open positions in the instrument, and 100,000. The update itself touches no holder; the second figure is with a look at one holder's bucket, which"
                        + " catches up with it, as the next order's does: one of 1,000 holders in either case, so that caches"
                        + " make no difference. Takes half a minute."
            },
            footer = {
                "  isochron bench mark --json mark.json",
                "  isochron bench mark --quick",
            })
    static final class Mark extends MeasuringCommand {
        @Override
        BenchReport measure() {
            final double loadBefore = Conditions.load();
            final int updates = isQuick() ? MarkCost.QUICK_UPDATES : MarkCost.UPDATES;
            final MarkCost cost = new MarkCost(updates, rounds());
            final List<MarkCost.Point> points = watched("measuring", "trials", cost.trials(), cost::run);
            return new MarkReport(points, Conditions.now(loadBefore, rounds(), updates, Timer.costNs()));
        }
    }

    /** {@code bench scan}. */
    @Command(
            name = "scan",
            description = {
                "Measure what a risk node needs after a mark, and what orders feel of it.",
                "",
                "A watch over 100,000 accounts with three positions each: all holders of one instrument after its mark, all"
                        + " accounts after three marks, and what that allocates. Then orders at a fixed rate on one thread,"
                        + " timed from when each was due, with a risk node on another: quiet, and in a storm of 1,000"
                        + " marks a second, in turn. Needs two free cores. Takes a minute."
            },
            footer = {
                "  isochron bench scan --json scan.json",
                "  isochron bench scan --quick",
            })
    static final class Scan extends MeasuringCommand {
        @Override
        BenchReport measure() {
            final double loadBefore = Conditions.load();
            final int passes = isQuick() ? ScanCost.QUICK_PASSES : ScanCost.PASSES;
            final ScanCost cost = new ScanCost(passes, rounds());
            final ScanCost.Result scan = watched("scanning", "trials", cost.trials(), cost::run);
            final ScanStorm storm = new ScanStorm(isQuick() ? 1 : ScanStorm.ROUNDS_FOR_ONE * rounds());
            final List<ScanStorm.Round> orders = watched("ordering", "seconds", storm.trials(), storm::run);
            return new ScanReport(scan, orders, Conditions.now(loadBefore, rounds(), passes, Timer.costNs()));
        }
    }

    /** {@code bench recovery}. */
    @Command(
            name = "recovery",
            description = {
                "Measure what it takes a node to come back.",
                "",
                "A snapshot of 1,000,000 orders and 100,000 accounts: copied, written, verified, and loaded by a JVM that"
                        + " has just begun. A journal of 20,000,000 commands, replayed: reading, checking and applying,"
                        + " the first tenth apart as cold. Takes some minutes and 4 GB of disk; one round."
            },
            footer = {
                "  isochron bench recovery --json recovery.json",
                "  isochron bench recovery --quick",
            })
    static final class Recovery extends MeasuringCommand {
        @Override
        BenchReport measure() {
            final double loadBefore = Conditions.load();
            final int commands = isQuick() ? RecoveryCost.QUICK_COMMANDS : RecoveryCost.COMMANDS;
            final RecoveryCost cost =
                    new RecoveryCost(root(), isQuick() ? RecoveryCost.QUICK_ORDERS : RecoveryCost.ORDERS, commands);
            final Properties figures = watched("measuring", "steps", cost.steps(), cost::run);
            return new RecoveryReport(figures, Conditions.now(loadBefore, 1, commands, Timer.costNs()));
        }
    }
}
