package org.isochron.ops.feed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureParserTest {
    private final CaptureParser parser = new CaptureParser();

    @Test
    void shouldReadDepth() {
        final CaptureMessage.Depth depth = assertInstanceOf(
                CaptureMessage.Depth.class,
                parser.parse(
                        "17 {\"stream\":\"x\",\"data\":{\"e\":\"depthUpdate\",\"s\":\"XY\",\"U\":5,\"u\":7,\"pu\":4,"
                                + "\"b\":[[\"61800.20\",\"2.507\"]],\"a\":[]}}"));

        assertEquals(17, depth.receiveNs());
        assertEquals("XY", depth.symbol());
        assertEquals(7, depth.lastUpdateId());
        assertEquals(4, depth.previousUpdateId());
        assertArrayEquals(new long[] {61_800_200_000_000L}, depth.bids().pricesE9());
        assertArrayEquals(new long[] {2_507_000_000L}, depth.bids().quantitiesE9());
        assertEquals(0, depth.asks().count());
    }

    @Test
    void shouldReadATradeWithoutTheCombinedStreamsWrapper() {
        final CaptureMessage.Trade trade = assertInstanceOf(
                CaptureMessage.Trade.class,
                parser.parse("17 {\"e\":\"trade\",\"s\":\"XY\",\"p\":\"1.5\",\"q\":\"2\",\"m\":true}"));

        assertEquals(1_500_000_000L, trade.priceE9());
        assertEquals(2_000_000_000L, trade.quantityE9());
        assertTrue(trade.buyerIsMaker());
        assertTrue(trade.inMarket());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "17",
                " {}",
                "x17 {}",
                "99999999999999999999 {}",
                "9999999999999999999 {}",
                "17 []",
                "17 {}",
                "17 {\"data\":3}",
                "17 {\"e\":\"trade\",\"s\":\"XY\",\"p\":\"1.5\",\"q\":\"2\"}",
                "17 {\"e\":\"trade\",\"s\":\"XY\",\"p\":1.5,\"q\":\"2\",\"m\":true}",
                "17 {\"e\":\"trade\",\"s\":\"XY\",\"p\":\"-1.5\",\"q\":\"2\",\"m\":true}",
                "17 {\"e\":\"trade\",\"s\":\"XY\",\"p\":\"1.5\",\"q\":\"2\",\"m\":\"true\"}",
                "17 {\"e\":\"depthUpdate\",\"s\":\"XY\",\"U\":1,\"u\":2,\"b\":[[\"1\"]],\"a\":[]}",
                "17 {\"e\":\"depthUpdate\",\"s\":\"XY\",\"U\":1.5,\"u\":2,\"b\":[],\"a\":[]}",
                "17 {\"lastUpdateId\":1,\"bids\":{},\"asks\":[]}",
            })
    void shouldTellWhatIsWrongWithALineThatIsNotOfTheFormat(final String line) {
        assertInstanceOf(CaptureMessage.Malformed.class, parser.parse(line));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,1000000000", "0.000000001,1", "61800.20,61800200000000", "1.0000000000,1000000000"})
    void shouldReadDecimalsExactly(final String text, final long e9) {
        assertEquals(e9, Decimals.e9(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "1.", ".5", "-1", "+1", "1e5", "1.2.3", "0.0000000001", "9223372037", " 1"})
    void shouldRefuseWhatIsNoExactDecimal(final String text) {
        assertThrows(CaptureFormatException.class, () -> Decimals.e9(text));
    }
}
