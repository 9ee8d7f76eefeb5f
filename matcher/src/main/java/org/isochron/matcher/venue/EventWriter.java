package org.isochron.matcher.venue;

import org.agrona.MutableDirectBuffer;
import org.isochron.codecs.EventStampEncoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.PublicStampEncoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.sequencer.replica.EventBatch;

/**
 * Makes room for the events of one command, numbers and stamps them. The body is zeroed, so what a message does not set is
 * zero. Keeps count of the room left, less what is owed at the end of the command.
 */
final class EventWriter {
    private static final int STAMP = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final byte FIRST = 1;
    private static final byte LAST = 2;
    private static final int NO_EVENT = -1;

    private final Counters counters;
    private final Sessions sessions;
    private final EventStampEncoder privateStamp = new EventStampEncoder();
    private final PublicStampEncoder publicStamp = new PublicStampEncoder();

    private Frame frame;
    private EventBatch batch;
    private MutableDirectBuffer buffer;
    private long sequence;
    private long timestampNs;
    private long arrivalNs;
    private long edgeNs;
    private int lastPrivate;
    private int lastPublic;
    private int owed;
    private int reserved;
    private int priorities;

    EventWriter(final Counters counters, final Sessions sessions) {
        this.counters = counters;
        this.sessions = sessions;
    }

    void begin(final Frame frame, final EventBatch events) {
        this.frame = frame;
        batch = events;
        buffer = events.buffer();
        sequence = frame.sequence();
        timestampNs = frame.timestampNs();
        arrivalNs = frame.arrivalNs();
        edgeNs = frame.edgeNs();
        lastPrivate = NO_EVENT;
        lastPublic = NO_EVENT;
        owed = 0;
        reserved = 0;
        priorities = 0;
    }

    /** Marks the last event of each kind. */
    void end() {
        if (lastPrivate != NO_EVENT) {
            mark(lastPrivate + EventStampEncoder.eventFlagsEncodingOffset(), LAST);
        }
        if (lastPublic != NO_EVENT) {
            mark(lastPublic + PublicStampEncoder.eventFlagsEncodingOffset(), LAST);
        }
    }

    private void mark(final int index, final byte flag) {
        buffer.putByte(index, (byte) (buffer.getByte(index) | flag));
    }

    MutableDirectBuffer buffer() {
        return buffer;
    }

    /** The command being applied. */
    long sequence() {
        return sequence;
    }

    long timestampNs() {
        return timestampNs;
    }

    long arrivalNs() {
        return arrivalNs;
    }

    /** Chain of the command's frame, which covers it and everything before it. Hashes the frame. */
    long chain() {
        return frame.chain();
    }

    /** Place in the queue for the next order of this command: rises within it and from command to command. */
    long nextPriority() {
        return (sequence << 16) + priorities++;
    }

    /** Id of the event written next: matchSeq * 65,536 + subSeq. */
    long nextEventId() {
        return (sequence << 16) + batch.count();
    }

    /** Events of this command so far. */
    int count() {
        return batch.count();
    }

    /** Keeps room for that many events that are still to come in this command. */
    void reserve(final int events) {
        reserved = events;
    }

    /** Keeps room for that many events more, or fewer. */
    void reserveMore(final int events) {
        reserved += events;
    }

    /** One more event has to be written at the end of the command. */
    void owe() {
        owed++;
    }

    void settleDebts() {
        owed = 0;
    }

    boolean hasRoomFor(final int events) {
        return batch.remaining() - owed - reserved >= events;
    }

    /**
     * Makes room for a private event in a session's numbered flow.
     *
     * @param session slot, or -1 for none.
     * @param firm    slot of the firm whose drop copy receives it, or -1 for none.
     * @return offset of the message; its stamp is written.
     */
    int claimPrivate(final int blockLength, final int session, final int firm) {
        final long sessionId = session < 0 ? 0 : sessions.id(session);
        final long sessionSeq = session < 0 ? 0 : sessions.nextOutgoing(session);
        return claimPrivate(blockLength, sessionId, sessionSeq, firm);
    }

    /** Makes room for a private event about a session that is no part of its numbered flow. */
    int claimUnnumbered(final int length, final long sessionId) {
        return claimPrivate(length, sessionId, 0, Sessions.NONE);
    }

    private int claimPrivate(final int length, final long sessionId, final long sessionSeq, final int firm) {
        final int subSeq = batch.count();
        final int offset = claim(length, EventBatch.PRIVATE);
        privateStamp
                .wrap(buffer, offset + STAMP)
                .matchSeq(sequence)
                .transactTimeNs(timestampNs)
                .gwRxTimeNs(arrivalNs)
                .edgeRxTimeNs(edgeNs)
                .privateSeq(counters.nextPrivateSeq())
                .sessionId(sessionId)
                .sessionSeq(sessionSeq)
                .subSeq(subSeq);
        if (firm >= 0) {
            privateStamp.firmId(sessions.firmId(firm)).dropCopySeq(sessions.nextDropCopySeq(firm));
        }
        if (lastPrivate == NO_EVENT) {
            privateStamp.eventFlags(FIRST);
        }
        lastPrivate = offset + STAMP;
        return offset;
    }

    int claimPublic(final int blockLength, final long instrumentId) {
        final int subSeq = batch.count();
        final int offset = claim(blockLength, EventBatch.PUBLIC);
        publicStamp
                .wrap(buffer, offset + STAMP)
                .matchSeq(sequence)
                .transactTimeNs(timestampNs)
                .instrumentId(instrumentId)
                .subSeq(subSeq);
        final long publicSeq = counters.nextPublicSeq();
        if (lastPublic == NO_EVENT) {
            publicStamp.eventFlags(FIRST);
            batch.firstPublicSeq(publicSeq);
        }
        lastPublic = offset + STAMP;
        return offset;
    }

    private int claim(final int blockLength, final int route) {
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + blockLength;
        final int offset = batch.claim(length, route);
        batch.clear(offset, length);
        return offset;
    }
}
