package org.isochron.ops.terminal;

import java.io.PrintStream;
import java.io.PrintWriter;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * How far something long has come, on standard error: a bar on a terminal, otherwise a line every few seconds. Used by one
 * thread.
 */
public final class Progress implements AutoCloseable {
    private static final long LINE_INTERVAL_NS = 2_000_000_000L;
    private static final int BAR_INTERVAL_MS = 200;

    private final String task;
    private final String unit;
    private final long total;
    private final PrintWriter lines;
    private final ProgressBar bar;
    private final long startedNs = System.nanoTime();
    private long lineDueNs = startedNs + LINE_INTERVAL_NS;
    private long position;

    private Progress(
            final String task, final String unit, final long total, final PrintWriter lines, final ProgressBar bar) {
        this.task = task;
        this.unit = unit;
        this.total = total;
        this.lines = lines;
        this.bar = bar;
    }

    /**
     * @param unit  what is counted, in the plural.
     * @param total how many there will be, -1 when unknown.
     * @param lines where lines go when standard error is no terminal.
     */
    public static Progress of(final String task, final String unit, final long total, final PrintWriter lines) {
        return new Progress(task, unit, total, lines, Terminals.isErrorTerminal() ? bar(task, unit, total) : null);
    }

    private static ProgressBar bar(final String task, final String unit, final long total) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setUnit(" " + unit, 1)
                .setInitialMax(total)
                .setUpdateIntervalMillis(BAR_INTERVAL_MS)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(new PrintStream(System.err, true)))
                .showSpeed()
                .build();
    }

    /** Tells how many are done by now. */
    public void at(final long done) {
        position = done;
        if (bar != null) {
            bar.stepTo(done);
            return;
        }
        final long nowNs = System.nanoTime();
        if (nowNs - lineDueNs >= 0) {
            lineDueNs = nowNs + LINE_INTERVAL_NS;
            lines.println(line(nowNs));
            lines.flush();
        }
    }

    public long position() {
        return position;
    }

    private String line(final long nowNs) {
        final double seconds = (nowNs - startedNs) / 1e9;
        final String of = total < 0 ? "" : String.format(" of %,d", total);
        return String.format("%s: %,d%s %s, %,.0f/s", task, position, of, unit, position / seconds);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
