package org.isochron.sequencer.event;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.ArrayList;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.collections.Int2ObjectHashMap;
import org.isochron.codecs.EventStampDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.SessionOpenedDecoder;
import org.isochron.codecs.frame.Crc32c;
import org.isochron.codecs.shape.MessageShape;

/**
 * Where events stand: blocks are taken together into pages of about {@value #PAGE_LENGTH} bytes, and for each flow it is
 * known in which pages it has events and up to which number. A look-up ends at a page, which then is read.
 *
 * <p>A page that is complete is kept as one record, little-endian: {@code length i32, crc32c i32, segment i64,
 * place i64, firstMatchSeq i64, lastMatchSeq i64, lastPrivateSeq i64, flows i32, zero i32}, then for each flow with events in it
 * {@code kind i32, id i32, verId i64, beganAt i64, first i64, last i64}.
 *
 * <p>Events do not say to which incarnation of their session they belong: SessionOpened does, for those that follow it.
 */
final class EventIndex {
    static final int PAGE_LENGTH = 1 << 20;

    /** Events of one incarnation of a session, by sessionSeq. */
    static final int SESSION = 1;
    /** Events of a session, by matchSeq. */
    static final int SESSION_HISTORY = 2;
    /** Drop copy of a firm, by dropCopySeq. */
    static final int FIRM = 3;

    private static final int RECORD_HEADER = 56;
    private static final int FLOWS_OFFSET = 48;
    private static final int ENTRY_LENGTH = 40;
    private static final int CHECKED_FROM = 8;
    private static final int INITIAL_PAGES = 64;

    private final Int2ObjectHashMap<FlowPages> incarnations = new Int2ObjectHashMap<>();
    private final Int2ObjectHashMap<ArrayList<FlowPages>> earlier = new Int2ObjectHashMap<>();
    private final Int2ObjectHashMap<FlowPages> histories = new Int2ObjectHashMap<>();
    private final Int2ObjectHashMap<FlowPages> firms = new Int2ObjectHashMap<>();

    private final ArrayList<FlowPages> touched = new ArrayList<>();
    private long[] touchedFirst = new long[INITIAL_PAGES];
    private final ExpandableArrayBuffer record = new ExpandableArrayBuffer(RECORD_HEADER + 64 * ENTRY_LENGTH);
    private final EventStampDecoder stamp = new EventStampDecoder();
    private final SessionOpenedDecoder opened = new SessionOpenedDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    private long[] segments = new long[INITIAL_PAGES];
    private long[] places = new long[INITIAL_PAGES];
    private long[] firstMatchSeqs = new long[INITIAL_PAGES];
    private long[] lastMatchSeqs = new long[INITIAL_PAGES];
    private int pageCount;
    private boolean isPageOpen;
    private int pageLength;
    private long lastPrivateSeq;

    /** First command held, 0 while there is none. */
    long firstMatchSeq() {
        return pageCount == 0 ? 0 : firstMatchSeqs[0];
    }

    /** Last command held; 0 while there is none. */
    long lastMatchSeq() {
        return pageCount == 0 ? 0 : lastMatchSeqs[pageCount - 1];
    }

    /** Last event held, 0 while there is none. */
    long lastPrivateSeq() {
        return lastPrivateSeq;
    }

    int pageCount() {
        return pageCount;
    }

    long segment(final int page) {
        return segments[page];
    }

    long place(final int page) {
        return places[page];
    }

    long firstMatchSeq(final int page) {
        return firstMatchSeqs[page];
    }

    long lastMatchSeq(final int page) {
        return lastMatchSeqs[page];
    }

    /** The first page that ends at that command or behind it; {@link FlowPages#NOT_HELD} when none does. */
    int pageOf(final long matchSeq) {
        if (matchSeq > lastMatchSeq()) {
            return FlowPages.NOT_HELD;
        }
        final int found = Arrays.binarySearch(lastMatchSeqs, 0, pageCount, matchSeq);
        return found >= 0 ? found : -found - 1;
    }

    /** The flow of a session's incarnation; null when it has none. */
    FlowPages session(final int sessionId, final long verId) {
        final FlowPages current = incarnations.get(sessionId);
        if (current != null && current.verId() == verId) {
            return current;
        }
        final ArrayList<FlowPages> before = earlier.get(sessionId);
        if (before != null) {
            for (final FlowPages flow : before) {
                if (flow.verId() == verId) {
                    return flow;
                }
            }
        }
        return null;
    }

    /** All events of a session; null when it has none. */
    FlowPages history(final int sessionId) {
        return histories.get(sessionId);
    }

    /** The drop copy of a firm; null when it has none. */
    FlowPages firm(final int firmId) {
        return firms.get(firmId);
    }

    /** A block that follows was written, or found behind the last page known. */
    void add(final long segment, final long place, final EventBlock block) {
        if (!isPageOpen || segments[pageCount - 1] != segment) {
            openPage(segment, place, block.firstMatchSeq());
        }
        final int page = pageCount - 1;
        for (int event = block.first(); event != EventBlock.END; event = block.next(event)) {
            add(page, block.buffer(), block.eventOffset(event));
        }
        lastMatchSeqs[page] = block.lastMatchSeq();
        lastPrivateSeq = Math.max(lastPrivateSeq, block.firstPrivateSeq() + block.count() - 1);
        pageLength += block.length();
    }

    boolean isPageFull() {
        return isPageOpen && pageLength >= PAGE_LENGTH;
    }

    boolean isPageOpen() {
        return isPageOpen;
    }

    /**
     * Ends the page that is open.
     *
     * @return bytes of its record in {@link #record()}.
     */
    int closePage() {
        final int page = pageCount - 1;
        final int length = RECORD_HEADER + touched.size() * ENTRY_LENGTH;
        record.putInt(0, length, LITTLE_ENDIAN);
        record.putLong(8, segments[page], LITTLE_ENDIAN);
        record.putLong(16, places[page], LITTLE_ENDIAN);
        record.putLong(24, firstMatchSeqs[page], LITTLE_ENDIAN);
        record.putLong(32, lastMatchSeqs[page], LITTLE_ENDIAN);
        record.putLong(40, lastPrivateSeq, LITTLE_ENDIAN);
        record.putInt(FLOWS_OFFSET, touched.size(), LITTLE_ENDIAN);
        record.putInt(FLOWS_OFFSET + 4, 0, LITTLE_ENDIAN);
        for (int i = 0; i < touched.size(); i++) {
            final FlowPages flow = touched.get(i);
            final int entry = RECORD_HEADER + i * ENTRY_LENGTH;
            record.putInt(entry, flow.kind(), LITTLE_ENDIAN);
            record.putInt(entry + 4, flow.id(), LITTLE_ENDIAN);
            record.putLong(entry + 8, flow.verId(), LITTLE_ENDIAN);
            // Of a flow that was empty when the page began, the first number came later.
            final long first = touchedFirst[i] == 0 ? flow.firstNumber() : touchedFirst[i];
            record.putLong(entry + 16, flow.beganAt(), LITTLE_ENDIAN);
            record.putLong(entry + 24, first, LITTLE_ENDIAN);
            record.putLong(entry + 32, flow.lastNumber(), LITTLE_ENDIAN);
        }
        record.putInt(4, Crc32c.compute(record, CHECKED_FROM, length - CHECKED_FROM), LITTLE_ENDIAN);
        isPageOpen = false;
        touched.clear();
        return length;
    }

    DirectBuffer record() {
        return record;
    }

    /**
     * Takes a page from a record that was kept. One that is known already is passed over.
     *
     * @param lastWanted no page that ends behind that command is taken.
     * @return false when the record is not whole and sound, or not the next.
     */
    boolean load(final DirectBuffer buffer, final int offset, final int available, final long lastWanted) {
        if (!isSound(buffer, offset, available)) {
            return false;
        }
        final long first = buffer.getLong(offset + 24, LITTLE_ENDIAN);
        final long last = buffer.getLong(offset + 32, LITTLE_ENDIAN);
        if (pageCount > 0 && last <= lastMatchSeq()) {
            return true;
        }
        if (pageCount > 0 && first != lastMatchSeq() + 1 || last < first || last > lastWanted) {
            return false;
        }
        openPage(buffer.getLong(offset + 8, LITTLE_ENDIAN), buffer.getLong(offset + 16, LITTLE_ENDIAN), first);
        lastMatchSeqs[pageCount - 1] = last;
        lastPrivateSeq = buffer.getLong(offset + 40, LITTLE_ENDIAN);
        final int flows = buffer.getInt(offset + FLOWS_OFFSET, LITTLE_ENDIAN);
        for (int i = 0; i < flows; i++) {
            loadFlow(buffer, offset + RECORD_HEADER + i * ENTRY_LENGTH);
        }
        isPageOpen = false;
        return true;
    }

    private static boolean isSound(final DirectBuffer buffer, final int offset, final int available) {
        if (available < RECORD_HEADER) {
            return false;
        }
        final int length = buffer.getInt(offset, LITTLE_ENDIAN);
        return length >= RECORD_HEADER
                && length <= available
                && Crc32c.compute(buffer, offset + CHECKED_FROM, length - CHECKED_FROM)
                        == buffer.getInt(offset + 4, LITTLE_ENDIAN)
                && length == RECORD_HEADER + buffer.getInt(offset + FLOWS_OFFSET, LITTLE_ENDIAN) * ENTRY_LENGTH;
    }

    private void loadFlow(final DirectBuffer buffer, final int entry) {
        final int kind = buffer.getInt(entry, LITTLE_ENDIAN);
        final int id = buffer.getInt(entry + 4, LITTLE_ENDIAN);
        final long beganAt = buffer.getLong(entry + 16, LITTLE_ENDIAN);
        final long first = buffer.getLong(entry + 24, LITTLE_ENDIAN);
        final long last = buffer.getLong(entry + 32, LITTLE_ENDIAN);
        final FlowPages flow = switch (kind) {
            case SESSION -> incarnation(id, buffer.getLong(entry + 8, LITTLE_ENDIAN), beganAt);
            case SESSION_HISTORY -> flow(histories, SESSION_HISTORY, id);
            default -> flow(firms, FIRM, id);
        };
        flow.load(pageCount - 1, first, last);
    }

    private void openPage(final long segment, final long place, final long firstMatchSeq) {
        if (pageCount == places.length) {
            segments = Arrays.copyOf(segments, 2 * pageCount);
            places = Arrays.copyOf(places, 2 * pageCount);
            firstMatchSeqs = Arrays.copyOf(firstMatchSeqs, 2 * pageCount);
            lastMatchSeqs = Arrays.copyOf(lastMatchSeqs, 2 * pageCount);
        }
        segments[pageCount] = segment;
        places[pageCount] = place;
        firstMatchSeqs[pageCount++] = firstMatchSeq;
        isPageOpen = true;
        pageLength = 0;
        touched.clear();
    }

    private void add(final int page, final DirectBuffer buffer, final int event) {
        stamp.wrap(buffer, event + MessageShape.HEADER_LENGTH);
        final int sessionId = (int) stamp.sessionId();
        final long eventId = EventSearch.eventId(stamp.matchSeq(), stamp.subSeq());
        if (MessageShape.templateId(buffer, event) == SessionOpenedDecoder.TEMPLATE_ID) {
            opened.wrapAndApplyHeader(buffer, event, header);
            final FlowPages flow = incarnation(sessionId, opened.sessionVerId(), eventId);
            touch(flow, page, flow.lastNumber());
        }
        if (stamp.sessionSeq() != 0) {
            final FlowPages current = incarnations.get(sessionId);
            // Without a SessionOpened the journal began in the middle of an incarnation: nobody asks for it by name.
            touch(current == null ? incarnation(sessionId, 0, 0) : current, page, stamp.sessionSeq());
            touch(flow(histories, SESSION_HISTORY, sessionId), page, stamp.matchSeq());
        }
        if (stamp.dropCopySeq() != 0) {
            touch(flow(firms, FIRM, (int) stamp.firmId()), page, stamp.dropCopySeq());
        }
    }

    private void touch(final FlowPages flow, final int page, final long number) {
        if (flow.add(page, number)) {
            if (touched.size() == touchedFirst.length) {
                touchedFirst = Arrays.copyOf(touchedFirst, 2 * touchedFirst.length);
            }
            touchedFirst[touched.size()] = number;
            touched.add(flow);
        }
    }

    /** The flow of that incarnation, which is the session's present one from that event on. */
    private FlowPages incarnation(final int sessionId, final long verId, final long beganAt) {
        final FlowPages current = incarnations.get(sessionId);
        if (current != null && current.verId() == verId) {
            return current;
        }
        if (current != null) {
            current.endedAt(beganAt);
            earlier.computeIfAbsent(sessionId, id -> new ArrayList<>()).add(current);
        }
        final FlowPages next = new FlowPages(SESSION, sessionId, verId, beganAt);
        incarnations.put(sessionId, next);
        return next;
    }

    private static FlowPages flow(final Int2ObjectHashMap<FlowPages> flows, final int kind, final int id) {
        FlowPages flow = flows.get(id);
        if (flow == null) {
            flow = new FlowPages(kind, id, 0, 0);
            flows.put(id, flow);
        }
        return flow;
    }
}
