package org.isochron.sequencer.event;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.EventStampDecoder;
import org.isochron.codecs.schema.FieldSchema;
import org.isochron.codecs.schema.MessageSchema;
import org.isochron.codecs.schema.Schema;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.sequencer.edge.EventSegmentReader;
import org.isochron.sequencer.event.EventQuery.Flow;

/**
 * Finds the events that a query asks for, a few blocks a step, and collects them. Everything read is checked first: the
 * block by its CRC and its place, the events by their numbers.
 */
public final class EventSearch {
    /** Most events that one search collects. */
    public static final int MAX_EVENTS = 128;

    /** Largest matchSeq that the id of an event can hold. */
    public static final long MAX_MATCH_SEQ = Long.MAX_VALUE >>> EventQuery.SUB_SEQ_BITS;

    /** Most blocks that one search of a history looks into before it says how far it has come. */
    static final int MAX_HISTORY_BLOCKS = 4096;

    private static final int MAX_EVENT_LENGTH = 512;
    private static final int SUB_SEQ_MASK = (1 << EventQuery.SUB_SEQ_BITS) - 1;
    private static final int NO_ACCOUNT = -1;
    private static final long NOT_WANTED = -1;
    private static final int[] ACCOUNT_OFFSETS = accountOffsets();

    /** How a search ended, or that it goes on. */
    public enum State {
        SEARCHING,
        /** As many as wanted were found, or there are more to be looked for from {@link #next()} on. */
        FOUND,
        /** Everything there is was found. */
        END,
        /** The journal begins later. */
        TOO_OLD,
        /** It has not come so far. */
        BEYOND_END,
        /** What it holds there is damaged. */
        DAMAGED
    }

    private final EventJournal journal;
    private final EventIndex index;
    private final EventBlock block = new EventBlock();
    private final EventStampDecoder stamp = new EventStampDecoder();
    private final UnsafeBuffer found = new UnsafeBuffer(new byte[MAX_EVENTS * MAX_EVENT_LENGTH]);
    private final int[] offsets = new int[MAX_EVENTS + 1];
    private EventQuery query;
    private State state = State.END;
    private int count;
    private long next;
    private FlowPages flow;
    private int listPlace;
    private long expectedMatchSeq;
    private long lastPlace;
    private boolean isSound;
    private int blocks;

    public EventSearch(final EventJournal journal) {
        this.journal = journal;
        index = journal.index();
    }

    /** Begins to look. */
    public void begin(final EventQuery newQuery) {
        query = newQuery;
        next = newQuery.from();
        count = 0;
        blocks = 0;
        flow = switch (newQuery.flow()) {
            case SESSION -> index.session(newQuery.id(), newQuery.sessionVerId());
            case SESSION_HISTORY -> index.history(newQuery.id());
            case FIRM, FIRM_HISTORY -> index.firm(newQuery.id());
        };
        state = newQuery.flow().isNumbered() ? beginNumbered() : beginHistory();
        if (state == State.SEARCHING && newQuery.limit() < 1) {
            state = State.FOUND;
        }
        lastPlace = EventSegmentReader.START;
    }

    private State beginNumbered() {
        if (flow == null || next > flow.lastNumber()) {
            return State.BEYOND_END;
        }
        if (next < flow.firstNumber()) {
            return State.TOO_OLD;
        }
        listPlace = flow.find(next);
        return State.SEARCHING;
    }

    private State beginHistory() {
        final long matchSeq = Math.max(1, next >>> EventQuery.SUB_SEQ_BITS);
        if (query.to() > index.lastMatchSeq()) {
            return State.BEYOND_END;
        }
        if (matchSeq < index.firstMatchSeq()) {
            return State.TOO_OLD;
        }
        final int page = index.pageOf(matchSeq);
        listPlace = flow == null || page == FlowPages.NOT_HELD ? FlowPages.NOT_HELD : flow.findPage(page);
        return listPlace == FlowPages.NOT_HELD ? end() : State.SEARCHING;
    }

    /**
     * Looks into some blocks.
     *
     * @return how many.
     */
    public int work(final int maxBlocks) {
        int read = 0;
        boolean isPlaced = false;
        while (state == State.SEARCHING && read < maxBlocks) {
            final int page = flow.page(listPlace);
            final EventSegmentReader reader = journal.reader(index.segment(page));
            if (!isPlaced && !goOn(reader, page)) {
                state = State.DAMAGED;
                break;
            }
            readBlock(reader, page);
            read++;
            isPlaced = lastPlace != EventSegmentReader.START;
        }
        return read;
    }

    /** To the block behind the last one read, or to the page's first. */
    private boolean goOn(final EventSegmentReader reader, final int page) {
        if (lastPlace != EventSegmentReader.START) {
            return reader.seek(lastPlace) && reader.poll((buffer, offset, length) -> {}) == lastPlace;
        }
        expectedMatchSeq = index.firstMatchSeq(page);
        return reader.seek(index.place(page));
    }

    private void readBlock(final EventSegmentReader reader, final int page) {
        isSound = false;
        lastPlace = reader.poll(this::onBlock);
        if (lastPlace == EventSegmentReader.START
                || !isSound
                || block.firstMatchSeq() != expectedMatchSeq
                || block.lastMatchSeq() > index.lastMatchSeq(page)) {
            state = State.DAMAGED;
            return;
        }
        expectedMatchSeq = block.lastMatchSeq() + 1;
        blocks++;
        collect();
        if (state != State.SEARCHING) {
            return;
        }
        if (block.lastMatchSeq() == index.lastMatchSeq(page)) {
            lastPlace = EventSegmentReader.START;
            if (flow.page(++listPlace) == FlowPages.NOT_HELD) {
                state = end();
            }
        }
        if (state == State.SEARCHING && !query.flow().isNumbered() && blocks >= MAX_HISTORY_BLOCKS) {
            next = Math.max(next, eventId(Math.min(expectedMatchSeq, query.to() + 1), 0));
            state = State.FOUND;
        }
    }

    private void onBlock(final DirectBuffer buffer, final int offset, final int length) {
        isSound = block.wrap(buffer, offset).isSound(length);
    }

    /** A history has been looked through up to the last command wanted. */
    private State end() {
        if (!query.flow().isNumbered()) {
            next = Math.max(next, eventId(query.to() + 1, 0));
        }
        return State.END;
    }

    private void collect() {
        for (int event = block.first(); event != EventBlock.END; event = block.next(event)) {
            final int offset = block.eventOffset(event);
            stamp.wrap(block.buffer(), offset + MessageShape.HEADER_LENGTH);
            if (!query.flow().isNumbered() && stamp.matchSeq() > query.to()) {
                state = end();
                return;
            }
            final long number = numberOf(offset);
            if (number < next) {
                continue;
            }
            if (query.flow().isNumbered() && number != next) {
                state = State.DAMAGED;
                return;
            }
            keep(offset, block.eventLength(event));
            next = number + 1;
            if (count == Math.min(query.limit(), MAX_EVENTS)) {
                state = State.FOUND;
                return;
            }
        }
    }

    /** The event's number in what is asked for; -1 when it is none of it. */
    private long numberOf(final int event) {
        final boolean isOfId = query.flow() == Flow.FIRM || query.flow() == Flow.FIRM_HISTORY
                ? stamp.dropCopySeq() != 0 && (int) stamp.firmId() == query.id()
                : stamp.sessionSeq() != 0 && (int) stamp.sessionId() == query.id();
        if (!isOfId || !isOfAccount(event)) {
            return NOT_WANTED;
        }
        final long eventId = eventId(stamp.matchSeq(), stamp.subSeq());
        return switch (query.flow()) {
            // A page may hold the end of one incarnation and the beginning of the next.
            case SESSION -> flow.isDuring(eventId) ? stamp.sessionSeq() : NOT_WANTED;
            case FIRM -> stamp.dropCopySeq();
            case SESSION_HISTORY, FIRM_HISTORY -> eventId;
        };
    }

    private boolean isOfAccount(final int event) {
        if (query.accountId() == EventQuery.ANY_ACCOUNT) {
            return true;
        }
        final int offset = ACCOUNT_OFFSETS[MessageShape.templateId(block.buffer(), event)];
        return offset != NO_ACCOUNT
                && (block.buffer().getInt(event + MessageShape.HEADER_LENGTH + offset, LITTLE_ENDIAN) & 0xFFFF_FFFFL)
                        == query.accountId();
    }

    private void keep(final int offset, final int length) {
        found.putBytes(offsets[count], block.buffer(), offset, length);
        offsets[++count] = offsets[count - 1] + length;
    }

    public State state() {
        return state;
    }

    /** Events found so far. */
    public int count() {
        return count;
    }

    /** Holds the events found. */
    public DirectBuffer buffer() {
        return found;
    }

    public int offset(final int event) {
        return offsets[event];
    }

    public int length(final int event) {
        return offsets[event + 1] - offsets[event];
    }

    /** Where to go on: a number, or of a history the id of an event. */
    public long next() {
        return next;
    }

    /** Id of an event: matchSeq * 65,536 + subSeq. */
    public static long eventId(final long matchSeq, final int subSeq) {
        return (matchSeq << EventQuery.SUB_SEQ_BITS) + subSeq;
    }

    /** matchSeq of the id of an event. */
    public static long matchSeqOf(final long eventId) {
        return eventId >>> EventQuery.SUB_SEQ_BITS;
    }

    /** subSeq of the id of an event. */
    public static int subSeqOf(final long eventId) {
        return (int) eventId & SUB_SEQ_MASK;
    }

    /** Of templates without the field {@link #NO_ACCOUNT}. */
    private static int[] accountOffsets() {
        final int[] result = new int[Short.MAX_VALUE];
        Arrays.fill(result, NO_ACCOUNT);
        for (final MessageSchema message : Schema.venue().messages()) {
            final FieldSchema account = message.field("accountId");
            if (account != null) {
                result[message.templateId()] = account.offset();
            }
        }
        return result;
    }
}
