package org.isochron.replay.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.isochron.replay.IsoTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptParserTest {
    private static final String CANCEL = "\"as\":7,\"Cancel\":{}";

    private final ScriptParser parser = new ScriptParser();

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "# a comment", "\t# {\"not\":\"read\"}"})
    void shouldSkipBlankLinesAndComments(final String line) throws LineException {
        assertNull(parser.parse(line));
    }

    @Test
    void shouldReadTimeSenderAndMessage() throws LineException {
        final ScriptLine.Command command =
                command("{\"at\":\"2026-01-05T14:30:00Z\",\"as\":7,\"Cancel\":{\"clOrdId\":9}}");

        assertEquals(IsoTime.parse("2026-01-05T14:30:00Z"), command.atNs());
        assertEquals(7, command.session());
        assertEquals(Origin.SESSION, command.origin());
        assertEquals("Cancel", command.message().name());
        assertEquals(9, command.fields().get("clOrdId").intValue());
    }

    @ParameterizedTest
    @CsvSource({
        "+0ns, 0",
        "+7ns, 7",
        "+2us, 2000",
        "+250ms, 250000000",
        "+3s, 3000000000",
        "+2m, 120000000000",
        "+1h, 3600000000000",
        "+7d, 604800000000000"
    })
    void shouldCountRelativeTimesFromTheCommandBefore(final String at, final long expectedNs) throws LineException {
        final long firstNs =
                command("{\"at\":\"2026-01-05T14:30:00Z\"," + CANCEL + "}").atNs();

        assertEquals(
                firstNs + expectedNs,
                command("{\"at\":\"" + at + "\"," + CANCEL + "}").atNs());
    }

    @Test
    void shouldTakeTheMakerOfAMessageThatNoSessionSends() throws LineException {
        assertEquals(
                Origin.SEQUENCER,
                command("{\"at\":\"2026-01-05T14:30:00Z\",\"ClockTick\":{}}").origin());
        assertEquals(
                Origin.GATEWAY, command("{\"at\":\"+1s\",\"SessionClosed\":{}}").origin());
        assertEquals(
                Origin.SESSION,
                command("{\"at\":\"+1s\",\"as\":7,\"ClockTick\":{}}").origin());
    }

    @Test
    void shouldReadQueriesAndSwitches() throws LineException {
        assertEquals(new ScriptLine.AccountQuery(7), parser.parse("{\"Query\":{\"account\":7}}"));
        assertEquals(
                new ScriptLine.InstrumentQuery("BTC-PERP"), parser.parse("{\"Query\":{\"instrument\":\"BTC-PERP\"}}"));
        assertEquals(new ScriptLine.VenueQuery(), parser.parse("{\"Query\":{\"venue\":true}}"));
        assertEquals(new ScriptLine.RiskSwitch(false), parser.parse("{\"Runner\":{\"risk\":\"off\"}}"));
        assertEquals(new ScriptLine.VerboseSwitch(true), parser.parse("{\"Runner\":{\"verbose\":true}}"));
    }

    @Test
    void shouldRefuseTimesThatDecrease() throws LineException {
        parser.parse("{\"at\":\"2026-01-05T14:30:00Z\"," + CANCEL + "}");

        assertComplaint(
                "{\"at\":\"2026-01-05T14:29:59.999999999Z\"," + CANCEL + "}",
                "\"at\" goes back to 2026-01-05T14:29:59.999999999Z, the command before is at"
                        + " 2026-01-05T14:30:00.000000000Z; times may not decrease");
    }

    @Test
    void shouldRefuseAFirstTimeThatIsRelative() {
        assertComplaint(
                "{\"at\":\"+1s\"," + CANCEL + "}",
                "the first \"at\" is \"+1s\", which counts from nothing; begin with a time like \"2026-01-05T14:30:00Z\"");
    }

    @Test
    void shouldRefuseTimesBeyondWhatNanosecondsReach() throws LineException {
        parser.parse("{\"at\":\"2026-01-05T14:30:00Z\"," + CANCEL + "}");

        assertComplaint(
                "{\"at\":\"+99999999999999d\"," + CANCEL + "}",
                "\"at\" is \"+99999999999999d\", which is beyond the year 2261");
        assertComplaint(
                "{\"at\":\"2262-01-01T00:00:00Z\"," + CANCEL + "}",
                "\"at\" is \"2262-01-01T00:00:00Z\", which is beyond the year 2261");
        assertComplaint(
                "{\"at\":\"1969-12-31T23:59:59Z\"," + CANCEL + "}",
                "\"at\" is \"1969-12-31T23:59:59Z\"; times from 1970 to 2261 are possible");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"at\":\"+1week\",\"as\":7,\"Cancel\":{}} | \"at\" is \"+1week\"; write either",
                "{\"at\":\"noon\",\"as\":7,\"Cancel\":{}} | \"at\" is \"noon\"; write either",
                "{\"at\":5,\"as\":7,\"Cancel\":{}} | \"at\" is 5; write a string",
                "{\"as\":7,\"Cancel\":{}} | \"at\" is missing; write a time",
                "{\"at\":\"2026-01-05T14:30:00Z\",\"Cancel\":{}} | \"as\" is missing: \"Cancel\" is sent by a session",
                "{\"at\":\"2026-01-05T14:30:00Z\",\"as\":0,\"Cancel\":{}} | \"as\" is 0; write a session's id",
                "{\"at\":\"2026-01-05T14:30:00Z\",\"as\":\"7\",\"Cancel\":{}} | \"as\" is \"7\"; write a session's id",
                "{\"at\":\"2026-01-05T14:30:00Z\",\"as\":7,\"NewOrdr\":{}} | there is no message \"NewOrdr\"; did you mean \"NewOrder\"?",
                "{\"at\":\"2026-01-05T14:30:00Z\",\"as\":7,\"neworder\":{}} | there is no message \"neworder\"; did you mean \"NewOrder\"?",
                "{\"at\":\"2026-01-05T14:30:00Z\",\"as\":7,\"Xyzzyplugh\":{}} | there is no message \"Xyzzyplugh\"; there are NewOrder,",
                "{\"at\":\"2026-01-05T14:30:00Z\",\"as\":7,\"OrderAck\":{}} | \"OrderAck\" is not a command and never sequenced",
                "{\"at\":\"2026-01-05T14:30:00Z\",\"as\":7,\"Cancel\":[]} | \"Cancel\" is []; write an object",
                "{\"at\":\"2026-01-05T14:30:00Z\",\"as\":7,\"Cancel\":{},\"Replace\":{}} | \"Cancel\" and \"Replace\" in one line",
                "{\"at\":\"2026-01-05T14:30:00Z\",\"as\":7} | the line holds no message",
                "{\"as\":7,\"as\":8,\"Cancel\":{}} | not a JSON object at column",
                "{\"as\":7, | not a JSON object at column",
                "[] | a line is a JSON object",
                "{\"at\":\"+1s\",\"as\":7,\"Cancel\":{\"clOrdId\":\"\uFFFD\"}} | the line is not UTF-8 text",
                "{\"Query\":{\"acount\":7}} | \"Query\" knows no \"acount\"; did you mean \"account\"?",
                "{\"Query\":{\"account\":\"x\"}} | \"account\" is \"x\"; write an account's id",
                "{\"Query\":{\"venue\":false}} | \"venue\" is false; write true",
                "{\"Query\":{}} | \"Query\" takes exactly one of account, instrument, venue",
                "{\"at\":\"+1s\",\"Query\":{\"venue\":true}} | \"Query\" stands alone in its line",
                "{\"Runner\":{\"risk\":\"maybe\"}} | \"risk\" is \"maybe\"; write \"on\" or \"off\"",
                "{\"Runner\":{\"verbose\":1}} | \"verbose\" is 1; write true or false"
            })
    void shouldSayWhatIsWrongAndWhatWouldBeRight(final String line, final String complaint) {
        final LineException refused = assertThrows(LineException.class, () -> parser.parse(line));

        assertEquals(
                complaint,
                refused.getMessage()
                        .substring(
                                0,
                                Math.min(
                                        complaint.length(), refused.getMessage().length())));
    }

    private ScriptLine.Command command(final String line) throws LineException {
        return assertInstanceOf(ScriptLine.Command.class, parser.parse(line));
    }

    private void assertComplaint(final String line, final String complaint) {
        assertEquals(
                complaint,
                assertThrows(LineException.class, () -> parser.parse(line)).getMessage());
    }
}
