package org.isochron.replay;

import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.ClockTickEncoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.NodeState;
import org.isochron.codecs.NodeStatusEncoder;
import org.isochron.codecs.StateHashReportEncoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.sequencer.edge.Journal;

/** Writes sound frames to a journal, one a microsecond. */
final class TestLog {
    static final int SEQUENCER_ID = 1;

    private final Journal journal;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private int seqNum;

    TestLog(final Journal journal) {
        this.journal = journal;
    }

    void tick() {
        new ClockTickEncoder()
                .wrapAndApplyHeader(buffer, Frame.HEADER_LENGTH, header)
                .tickTimeNs(nextTimestampNs());
        append(FrameType.SEQUENCER, SEQUENCER_ID, ClockTickEncoder.BLOCK_LENGTH);
    }

    void ticksUpTo(final long sequence) {
        while (journal.lastSequence() < sequence) {
            tick();
        }
    }

    void stopping() {
        new NodeStatusEncoder()
                .wrapAndApplyHeader(buffer, Frame.HEADER_LENGTH, header)
                .nodeId(SEQUENCER_ID)
                .state(NodeState.STOPPING)
                .reserved8((short) 0)
                .reserved16(0);
        append(FrameType.SEQUENCER, SEQUENCER_ID, NodeStatusEncoder.BLOCK_LENGTH);
    }

    void hashReport(final int session, final long atSequence, final NounHashes hashes) {
        new StateHashReportEncoder()
                .wrapAndApplyHeader(buffer, Frame.HEADER_LENGTH, header)
                .seqNum(++seqNum)
                .nodeId(session + 1000L)
                .atSequence(atSequence)
                .booksHash(hashes.books())
                .ledgerHash(hashes.ledger())
                .marksHash(hashes.marks())
                .sessionsHash(hashes.sessions())
                .scrubHash(0);
        append(FrameType.SESSION, session, StateHashReportEncoder.BLOCK_LENGTH);
    }

    /** A payload that no schema knows. */
    void garbage(final int length) {
        buffer.setMemory(Frame.HEADER_LENGTH, length, (byte) 0xA5);
        append(FrameType.SESSION, 7, length - MessageHeaderEncoder.ENCODED_LENGTH);
    }

    private void append(final int frameType, final int source, final int blockLength) {
        final int payloadLength = MessageHeaderEncoder.ENCODED_LENGTH + blockLength;
        Frame.encodeUnstamped(buffer, 0, payloadLength, frameType, source, 0, 0, 0);
        Frame.stamp(buffer, 0, 1, journal.lastSequence() + 1, nextTimestampNs(), journal.lastChain());
        journal.append(buffer, 0, Frame.HEADER_LENGTH + payloadLength);
    }

    private long nextTimestampNs() {
        return (journal.lastSequence() + 1) * 1000;
    }
}
