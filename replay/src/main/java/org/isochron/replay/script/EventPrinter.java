package org.isochron.replay.script;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.isochron.codecs.CommandAcceptedDecoder;
import org.isochron.codecs.EventStampDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.PublicStampDecoder;
import org.isochron.codecs.json.MessagePrinter;
import org.isochron.codecs.json.Names;
import org.isochron.replay.IsoTime;
import org.isochron.sequencer.replica.EventBatch;

/**
 * Prints each event as one JSON line: its place and time, whom it is for (session, firm for drop copy, or the instrument
 * of market data), and the message. Acknowledgements of what the runner's own session sends are left out unless asked for.
 */
final class EventPrinter {
    private final Names names;
    private final MessagePrinter messages;
    private final Consumer<String> out;
    private final long quietSession;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EventStampDecoder privateStamp = new EventStampDecoder();
    private final PublicStampDecoder publicStamp = new PublicStampDecoder();
    private final StringBuilder line = new StringBuilder(1024);
    private boolean verbose;

    /**
     * @param quietSession session whose CommandAccepted events are only printed when verbose.
     */
    EventPrinter(final Names names, final Consumer<String> out, final long quietSession) {
        this.names = names;
        this.messages = new MessagePrinter(names);
        this.out = out;
        this.quietSession = quietSession;
    }

    void verbose(final boolean on) {
        verbose = on;
    }

    void print(final EventBatch events) {
        int subSeq = 0;
        for (int record = events.first(); record != EventBatch.END; record = events.next(record)) {
            if (verbose || !isQuiet(events, record)) {
                print(events, record, subSeq);
            }
            subSeq++;
        }
    }

    private boolean isQuiet(final EventBatch events, final int record) {
        final DirectBuffer buffer = events.buffer();
        final int offset = events.messageOffset(record);
        header.wrap(buffer, offset);
        return header.templateId() == CommandAcceptedDecoder.TEMPLATE_ID
                && privateStamp
                                .wrap(buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH)
                                .sessionId()
                        == quietSession;
    }

    private void print(final EventBatch events, final int record, final int subSeq) {
        line.setLength(0);
        line.append("{\"seq\":\"")
                .append(events.sequence())
                .append("\",\"sub\":")
                .append(subSeq)
                .append(",\"at\":\"")
                .append(IsoTime.format(events.timestampNs()))
                .append("\",");
        if (events.route(record) == EventBatch.PUBLIC) {
            appendInstrument(events.buffer(), events.messageOffset(record));
        } else {
            appendAddressee(events.buffer(), events.messageOffset(record));
        }
        messages.append(line, events.buffer(), events.messageOffset(record), events.messageLength(record));
        out.accept(line.append('}').toString());
    }

    private void appendAddressee(final DirectBuffer buffer, final int offset) {
        privateStamp.wrap(buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH);
        if (privateStamp.sessionId() != 0) {
            line.append("\"to\":").append(privateStamp.sessionId()).append(',');
        }
        if (privateStamp.firmId() != 0) {
            line.append("\"firm\":").append(privateStamp.firmId()).append(',');
        }
    }

    private void appendInstrument(final DirectBuffer buffer, final int offset) {
        publicStamp.wrap(buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH);
        final String symbol = names.instrumentSymbol(publicStamp.instrumentId());
        if (symbol == null) {
            line.append("\"instrument\":").append(publicStamp.instrumentId()).append(',');
        } else {
            line.append("\"instrument\":\"");
            JsonStringEncoder.getInstance().quoteAsString(symbol, line);
            line.append("\",");
        }
    }
}
