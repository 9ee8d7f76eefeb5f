package org.isochron.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void shouldTellWhatItDidAsJson() throws IOException {
        final Path json = directory.resolve("out.json");
        assertEquals(0, simulate("--seeds", "1", "--steps", "2000", "--json", json.toString()), err.toString());
        final JsonNode told = new ObjectMapper().readTree(json.toFile());
        assertEquals(1, told.get("seeds").asInt());
        assertTrue(told.get("steps").asLong() >= 2_000);
        assertEquals(0, told.get("violations").asInt());
        assertTrue(told.get("stepsPerProcessorSecond").asLong() > 0);
        assertTrue(told.get("commands").get("NewOrder").asLong() > 0);
        assertTrue(told.get("branches").get("event").get("reached").asInt() > 0);
    }

    @Test
    void shouldRefuseSeedThatIsNone() {
        assertEquals(2, simulate("--seed", "lucky"));
        assertTrue(
                err.toString().contains("--seed is lucky; a seed is a decimal number, or 0x and up to 16 hex digits"));
    }

    @Test
    void shouldRefuseRunWithoutSteps() {
        assertEquals(2, simulate("--steps", "0"));
        assertTrue(err.toString().contains("steps is 0"), err.toString());
    }

    @Test
    void shouldRefuseDirectoryForScriptsThatIsNotThere() {
        assertEquals(2, simulate("--scripts", directory.resolve("nowhere").toString()));
        assertTrue(err.toString().contains("name a directory that is there"), err.toString());
    }

    private int simulate(final String... options) {
        final String[] args = new String[options.length + 1];
        args[0] = "simulate";
        System.arraycopy(options, 0, args, 1, options.length);
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
