package org.isochron.replay.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.isochron.codecs.CodType;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.Role;
import org.isochron.codecs.SessionDefineEncoder;
import org.isochron.codecs.SessionOpenEncoder;
import org.isochron.codecs.VenueDefineDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.json.MessageFormatException;
import org.isochron.codecs.json.MessageParser;
import org.isochron.codecs.shape.SessionMessage;
import org.isochron.matcher.venue.Inspection;
import org.isochron.matcher.venue.Venue;
import org.isochron.replay.StatePrinter;
import org.isochron.sequencer.edge.FrameHandler;
import org.isochron.sequencer.replica.EventBatch;
import org.isochron.sequencer.replica.StateMachine;

/**
 * Runs one scenario file through a venue at genesis, playing sequencer, gateway and risk node around it: EpochStart and
 * GatewayStart at the first {@code at}, ClockTick and GatewayAlive as time passes, SessionOpen at a session's first use,
 * and a risk scan after each frame. Used once.
 *
 * <p>The runner's risk node needs a session of its own, {@value ScriptRiskNode#SESSION}. The operator, session 1, defines
 * it before the script's first command that is not a VenueDefine; the script's own use of session 1 then opens it afresh,
 * so that the script may number its messages from 1.
 */
public final class ScriptRunner {
    private static final long OPERATOR = 1;

    /** Of a script that says its format: {@code {"Runner":{"format":1}}}. */
    public static final int FORMAT = 1;

    private final Venue venue = new Venue();
    private final Inspection names = venue.inspection();
    private final SessionNumbers sessions = new SessionNumbers();
    private final MessageParser messages = new MessageParser(names);
    private final StatePrinter states;
    private final EventPrinter printer;
    private final ScriptLog log;
    private final Timeline timeline;
    private final ScriptRiskNode riskNode;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final boolean tells;
    private boolean begun;

    /** @param out receives each JSON line, without its end. */
    public ScriptRunner(final Consumer<String> out) {
        this(out, (buffer, offset, length) -> {});
    }

    /**
     * @param out    receives each JSON line, without its end.
     * @param frames receives each frame before it is applied; a journal's {@code append} fits.
     */
    public ScriptRunner(final Consumer<String> out, final FrameHandler frames) {
        this(out, frames, venue -> venue);
    }

    /** A runner that prints nothing, for whoever looks at the core itself: {@code core} is put around it. */
    public static ScriptRunner silent(final Function<Venue, StateMachine> core) {
        return new ScriptRunner(null, (buffer, offset, length) -> {}, core);
    }

    private ScriptRunner(
            final Consumer<String> out, final FrameHandler frames, final Function<Venue, StateMachine> core) {
        tells = out != null;
        states = new StatePrinter(venue, out);
        printer = new EventPrinter(names, out, ScriptRiskNode.SESSION);
        log = new ScriptLog(core.apply(venue), frames, this::onEvents);
        timeline = new Timeline(log, this::round);
        riskNode = new ScriptRiskNode(log, timeline, sessions);
    }

    /** Whether messages of that template are commands, which a script may have. */
    public static boolean isCommand(final int templateId) {
        return Origin.of(templateId) != null;
    }

    /** The core, as the script has left it. Read only. */
    public Venue venue() {
        return venue;
    }

    /**
     * Runs a script to its end.
     *
     * @param file what messages call it.
     * @throws ScriptException at the first line that cannot be run; the lines before it have been, and printed.
     */
    public void run(final String file, final BufferedReader script) throws IOException, ScriptException {
        final ScriptParser parser = new ScriptParser();
        int lineNumber = 0;
        for (String text = script.readLine(); text != null; text = script.readLine()) {
            lineNumber++;
            try {
                final ScriptLine line = parser.parse(text);
                if (line != null) {
                    execute(line);
                }
            } catch (final LineException | MessageFormatException complaint) {
                throw new ScriptException(file, lineNumber, complaint.getMessage(), complaint);
            }
        }
    }

    private void execute(final ScriptLine line) throws LineException {
        if (line instanceof ScriptLine.Command command) {
            sequence(command);
        } else if (line instanceof ScriptLine.AccountQuery query) {
            if (!states.printAccount(query.accountId())) {
                throw new LineException("there is no account " + query.accountId() + " at this point of the script");
            }
        } else if (line instanceof ScriptLine.InstrumentQuery query) {
            if (!states.printInstrument(query.symbol())) {
                throw new LineException(
                        "there is no instrument \"" + query.symbol() + "\" at this point of the script");
            }
        } else if (line instanceof ScriptLine.VenueQuery) {
            states.printVenue(log.lastSequence());
        } else if (line instanceof ScriptLine.RiskSwitch risk) {
            riskNode.on(risk.on());
        } else if (line instanceof ScriptLine.VerboseSwitch verbose) {
            printer.verbose(verbose.on());
        }
    }

    private void sequence(final ScriptLine.Command command) throws LineException {
        if (!begun) {
            timeline.begin(command.atNs());
            begun = true;
        }
        timeline.clear(command.atNs());
        if (riskNode.isMissing() && command.message().templateId() != VenueDefineDecoder.TEMPLATE_ID) {
            defineRiskNode(command.atNs());
        }
        if (command.origin() == Origin.SESSION && !sessions.wasOpened(command.session())) {
            open(command.session(), command.atNs());
            round();
        }
        final long stampNs = timeline.clear(command.atNs());
        final int length = encode(command);
        switch (command.origin()) {
            case SESSION -> log.fromSession(command.session(), length, stampNs);
            case GATEWAY -> log.fromGateway(length, stampNs);
            case SEQUENCER -> log.fromSequencer(length, stampNs);
        }
        round();
    }

    private int encode(final ScriptLine.Command command) {
        final int templateId = command.message().templateId();
        final long session = command.session();
        final ObjectNode fields = command.fields();
        final boolean numbered = SessionMessage.isNumbered(templateId);
        final boolean identified = SessionMessage.hasClOrdId(templateId);
        if (numbered && isOmitted(fields.get("seqNum"))) {
            fields.put("seqNum", sessions.nextSeqNum(session));
        }
        if (identified && isOmitted(fields.get("clOrdId"))) {
            fields.put("clOrdId", Long.toUnsignedString(sessions.nextClOrdId(session)));
        }
        final int length = messages.encode(command.message().name(), fields, log.buffer(), ScriptLog.PAYLOAD);
        if (numbered) {
            sessions.sentSeqNum(session, SessionMessage.seqNum(log.buffer(), ScriptLog.PAYLOAD));
        }
        if (identified) {
            sessions.sentClOrdId(session, SessionMessage.clOrdId(log.buffer(), ScriptLog.PAYLOAD));
        }
        return length;
    }

    private static boolean isOmitted(final JsonNode value) {
        return value == null || value.isNull();
    }

    private void defineRiskNode(final long atNs) throws LineException {
        open(OPERATOR, atNs);
        final long stampNs = timeline.clear(atNs);
        final SessionDefineEncoder definition = new SessionDefineEncoder();
        definition
                .wrapAndApplyHeader(log.buffer(), ScriptLog.PAYLOAD, header)
                .seqNum(sessions.nextSeqNum(OPERATOR))
                .sessionId(ScriptRiskNode.SESSION)
                .sourceMask(SessionDefineEncoder.sourceMaskNullValue())
                .firmId(SessionDefineEncoder.firmIdNullValue())
                .messagesPerSecond(SessionDefineEncoder.messagesPerSecondNullValue())
                .burst(SessionDefineEncoder.burstNullValue())
                .role(Role.RISK)
                .wholeFirm(SessionDefineEncoder.wholeFirmNullValue())
                .marginUpdates(SessionDefineEncoder.marginUpdatesNullValue())
                .accountsCount(0);
        log.fromSession(OPERATOR, MessageHeaderEncoder.ENCODED_LENGTH + definition.encodedLength(), stampNs);
        sessions.forget(OPERATOR);
        open(ScriptRiskNode.SESSION, atNs);
        if (!sessions.wasOpened(ScriptRiskNode.SESSION)) {
            throw new LineException("the runner's risk node finds no room for its session " + ScriptRiskNode.SESSION
                    + "; raise maxSessions in VenueDefine, or begin with {\"Runner\":{\"risk\":\"off\"}}");
        }
        riskNode.join(venue);
    }

    private void open(final long session, final long atNs) {
        final long stampNs = timeline.clear(atNs);
        final SessionOpenEncoder opening = new SessionOpenEncoder();
        opening.wrapAndApplyHeader(log.buffer(), ScriptLog.PAYLOAD, header)
                .sessionId(session)
                .gatewayId(ScriptLog.GATEWAY_ID)
                .sessionVerId(sessions.nextVersionId(session))
                .codWindowMs(0)
                .codType(CodType.NONE)
                .reserved8((short) 0)
                .reserved16(0);
        log.fromGateway(MessageHeaderEncoder.ENCODED_LENGTH + opening.encodedLength(), stampNs);
    }

    private void round() {
        riskNode.round();
    }

    private void onEvents(final Frame frame, final EventBatch events) {
        sessions.learn(events);
        riskNode.onEvents(frame, events);
        if (tells) {
            printer.print(events);
        }
    }
}
