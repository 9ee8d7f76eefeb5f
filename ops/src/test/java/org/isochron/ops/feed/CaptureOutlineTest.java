package org.isochron.ops.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.isochron.ops.terminal.BadInputException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptureOutlineTest {
    private static final Path REAL = Path.of("..", "..", "shared", "data", "binance-usdm-btcusdt-20240808.jsonl.gz");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"BTCUSDT,BTC-PERP", "BTCUSD_PERP,BTC-PERP", "ETHUSDT,ETH-PERP"})
    void shouldTellTheContractByTheSymbol(final String symbol, final String contract) throws IOException {
        final Path file =
                write("nonsense\n1 {\"e\":\"trade\",\"s\":\"" + symbol + "\",\"p\":\"1\",\"q\":\"1\",\"m\":true}\n\n");

        final CaptureOutline outline = CaptureOutline.of(file);

        assertEquals(contract, outline.contract().symbol());
        assertEquals(3, outline.lines());
    }

    @Test
    void shouldRefuseASymbolThatIsNotListed() throws IOException {
        final Path file = write("1 {\"e\":\"trade\",\"s\":\"DOGEUSDT\",\"p\":\"1\",\"q\":\"1\",\"m\":true}\n");

        assertTrue(refusal(file).contains("is of DOGEUSDT"), () -> refusal(file));
    }

    @Test
    void shouldRefuseAFileThatIsNoCapture() throws IOException {
        final Path file = write("some,other,file\n1,2,3\n");

        assertTrue(refusal(file).contains("is no capture"), () -> refusal(file));
        assertTrue(refusal(file).contains("line 1: "), () -> refusal(file));
    }

    @Test
    void shouldAccountForEveryLineOfTheRealCapture() {
        Assumptions.assumeTrue(Files.isRegularFile(REAL), "the real capture is not here");
        final CaptureOutline outline = CaptureOutline.of(REAL);
        final RecordingPort port = new RecordingPort();
        final DepthMaker maker = DepthMaker.plain(port, Integer.MAX_VALUE);
        final LineTally tally = new LineTally();
        final CaptureFeed feed = new CaptureFeed(
                outline.contract(),
                new DepthMakers(List.of(maker), outline.contract().tickE9()),
                new TradeTaker(port, Integer.MAX_VALUE),
                new MidPublisher(port),
                tally);
        long lines = 0;
        try (CaptureReader reader = new CaptureReader(REAL)) {
            while (!reader.hasEnded()) {
                final CaptureMessage message = reader.poll();
                if (message != null) {
                    feed.onMessage(++lines, message);
                }
            }
        }
        feed.onEnd();

        assertEquals(93_954, outline.lines());
        assertEquals(93_954, tally.total());
        assertEquals(1, tally.of(LineUse.INITIAL_BOOK));
        assertEquals(0, tally.of(LineUse.MALFORMED));
        assertEquals(21_313, tally.of(LineUse.MARKET_ORDER) + tally.of(LineUse.BEFORE_SNAPSHOT));
        assertEquals(66_089, tally.of(LineUse.INDEX_PRICE) + tally.of(LineUse.SAME_MID));
        assertEquals(0, feed.depthGaps());
        assertEquals(0, feed.levelsOffGrid());
        assertTrue(tally.of(LineUse.MAKER_ORDERS) > 6_000, () -> tally.counts().toString());
    }

    private String refusal(final Path file) {
        return assertThrows(BadInputException.class, () -> CaptureOutline.of(file))
                .getMessage();
    }

    private Path write(final String text) throws IOException {
        return Files.writeString(directory.resolve("capture.jsonl"), text);
    }
}
