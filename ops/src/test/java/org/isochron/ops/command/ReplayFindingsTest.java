package org.isochron.ops.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.LongStream;
import org.isochron.replay.Dissenter;
import org.isochron.replay.NounHashes;
import org.isochron.replay.ReplayReport;
import org.isochron.sequencer.replica.Noun;
import org.junit.jupiter.api.Test;

class ReplayFindingsTest {
    private static String text(final int dissenters) {
        final List<Dissenter> list = LongStream.rangeClosed(1, dissenters)
                .mapToObj(i -> new Dissenter(12, 1024 * i, Noun.LEDGER, i, -1))
                .toList();
        final StringWriter text = new StringWriter();
        ReplayFindings.print(
                new PrintWriter(text), new ReplayReport(0, 20_000, new NounHashes(1, 2, 3, 4), 19, 0, 0, list, 5));
        return text.toString();
    }

    private static long dissenterLines(final String text) {
        return text.lines().filter(line -> line.startsWith("dissenter ")).count();
    }

    private static String lastLine(final String text) {
        return text.lines().reduce("", (before, line) -> line);
    }

    @Test
    void shouldSayWhatEachDissenterReported() {
        assertEquals(
                "dissenter   node 12 at 1024: LEDGER 0000000000000001, replayed ffffffffffffffff", lastLine(text(1)));
    }

    @Test
    void shouldShowTenDissentersAndSayHowManyMoreThereAre() {
        assertEquals(10, dissenterLines(text(10)));
        assertEquals(
                "dissenter   node 12 at 10240: LEDGER 000000000000000a, replayed ffffffffffffffff", lastLine(text(10)));
        assertEquals(10, dissenterLines(text(13)));
        assertEquals("            and 3 more; --json FILE has them all", lastLine(text(13)));
    }
}
