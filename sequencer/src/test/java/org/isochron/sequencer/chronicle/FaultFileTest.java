package org.isochron.sequencer.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FaultFileTest {
    @TempDir
    private Path directory;

    @Test
    void shouldKeepStopsAndSkipsAcrossStarts() throws IOException {
        final FaultFile file = open();
        assertEquals(0, file.stoppedAt());
        file.stopped(7);
        open().stopped(7);
        assertEquals("7 2", open().stoppedAt() + " " + open().stops());
        open().stopped(9);
        assertEquals("9 1", open().stoppedAt() + " " + open().stops());

        open().skip(9, 12);
        final FaultFile again = open();
        assertTrue(again.isSkipped(9));
        assertFalse(again.isSkipped(12));
        assertFalse(again.spoils(8));
        assertTrue(again.spoils(9) && again.spoils(11));
        assertFalse(again.spoils(12));
    }

    @Test
    void shouldSayWhatToDoWithAFileThatIsNoListOfFaults() throws IOException {
        Files.writeString(directory.resolve("faults"), "stoppedAt=somewhere\n");

        final String message = assertThrows(IOException.class, this::open).getMessage();
        assertTrue(message.contains("is not a list of faults") && message.contains("somewhere"), message);
    }

    private FaultFile open() throws IOException {
        return new FaultFile(directory.resolve("faults"));
    }
}
