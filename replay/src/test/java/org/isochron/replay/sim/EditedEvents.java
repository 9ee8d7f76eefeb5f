package org.isochron.replay.sim;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.EventStampEncoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.matcher.venue.Venue;
import org.isochron.sequencer.replica.EventBatch;

/** A core that leaves events out, or says them twice, and numbers the rest as if nothing had been. */
abstract class EditedEvents extends TamperedCore {
    private static final int STAMP = MessageHeaderEncoder.ENCODED_LENGTH;

    private record Event(int route, byte[] bytes) {}

    private final Map<Long, Integer> sessionShift = new TreeMap<>();
    private final Map<Long, Integer> firmShift = new TreeMap<>();
    private long privateShift;
    private long publicShift;

    EditedEvents(final Venue venue) {
        super(venue);
    }

    /** How often an event is said: 0, 1 or 2 times. */
    abstract int times(int templateId, UnsafeBuffer message);

    @Override
    void after(final Frame frame, final EventBatch events) {
        final List<Event> kept = new ArrayList<>();
        final long firstPublicSeq = events.firstPublicSeq();
        final long publicShiftBefore = publicShift;
        for (int record = events.first(); record != EventBatch.END; record = events.next(record)) {
            final byte[] bytes = new byte[events.messageLength(record)];
            events.buffer().getBytes(events.messageOffset(record), bytes);
            final UnsafeBuffer message = new UnsafeBuffer(bytes);
            final int times = times(message.getShort(2, LITTLE_ENDIAN) & 0xFFFF, message);
            for (int i = 0; i < Math.max(1, times); i++) {
                shift(events.route(record), message, times == 0 ? -1 : i);
                if (times > 0) {
                    kept.add(new Event(events.route(record), bytes.clone()));
                }
            }
        }
        events.begin(frame);
        boolean anyPublic = false;
        for (final Event event : kept) {
            events.buffer().putBytes(events.claim(event.bytes.length, event.route), event.bytes);
            anyPublic |= event.route == EventBatch.PUBLIC;
        }
        events.firstPublicSeq(anyPublic ? firstPublicSeq + publicShiftBefore : 0);
    }

    /** @param more numbers this event takes beside the one it had: -1 for one left out. */
    private void shift(final int route, final UnsafeBuffer message, final int more) {
        if (route == EventBatch.PUBLIC) {
            publicShift += more;
            return;
        }
        final long session = message.getInt(STAMP + EventStampEncoder.sessionIdEncodingOffset(), LITTLE_ENDIAN);
        final long firm = message.getInt(STAMP + EventStampEncoder.firmIdEncodingOffset(), LITTLE_ENDIAN);
        privateShift += more;
        add(message, EventStampEncoder.sessionSeqEncodingOffset(), sessionShift, session, more);
        add(message, EventStampEncoder.dropCopySeqEncodingOffset(), firmShift, firm, more);
        final int at = STAMP + EventStampEncoder.privateSeqEncodingOffset();
        message.putLong(at, message.getLong(at, LITTLE_ENDIAN) + (more > 0 ? more : privateShift), LITTLE_ENDIAN);
    }

    private static void add(
            final UnsafeBuffer message,
            final int offset,
            final Map<Long, Integer> shifts,
            final long id,
            final int more) {
        final int seq = message.getInt(STAMP + offset, LITTLE_ENDIAN);
        if (seq != 0) {
            final int shift = shifts.merge(id, more, Integer::sum);
            message.putInt(STAMP + offset, seq + (more > 0 ? more : shift), LITTLE_ENDIAN);
        }
    }
}
