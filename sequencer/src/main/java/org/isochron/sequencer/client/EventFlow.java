package org.isochron.sequencer.client;

import org.agrona.DirectBuffer;
import org.isochron.codecs.EventStampDecoder;
import org.isochron.codecs.shape.MessageShape;

/**
 * The venue's numbered events of one session: those addressed to it, or the drop copy of its firm. Hands them on in order,
 * each once. Where some are missing, later ones wait until they have been sent again, or are given up.
 */
final class EventFlow {
    private final VenueListener listener;
    private final ReportAdapter reports;
    private final EventStampDecoder stamp = new EventStampDecoder();
    private final HeldEvents held = new HeldEvents();
    private boolean isDropCopy;
    private boolean isPossResend;
    private long next;
    /** Everything from next up to here is missing; 0 or below next when nothing is. */
    private long missingTo;
    /** Known to exist behind those that wait, 0 for none. */
    private long seenBehindHeld;

    private long duplicates;

    /** @param last number of the last event the client has had, as far as it says. */
    EventFlow(final VenueListener listener, final ReportAdapter reports, final long last) {
        this.listener = listener;
        this.reports = reports;
        next = last + 1;
    }

    /**
     * The session is open.
     *
     * @param firmsDropCopy whether the flow is the drop copy of a firm.
     * @param last          number of the last event the client has had.
     * @param venueNext     number that the venue says comes next.
     */
    void startAt(final boolean firmsDropCopy, final long last, final long venueNext) {
        isDropCopy = firmsDropCopy;
        next = Math.min(last + 1, venueNext);
        missingTo = 0;
        seenBehindHeld = 0;
        held.clear();
        knownUpTo(venueNext);
    }

    /** An event as it happens. */
    void onEvent(final int templateId, final DirectBuffer buffer, final int offset, final int length) {
        final long number = numberOf(buffer, offset);
        isPossResend = false;
        if (number == 0) {
            reports.onEvent(templateId, buffer, offset, length);
        } else if (number < next) {
            duplicates++;
        } else if (number == next) {
            deliver(templateId, buffer, offset, length);
            goOn();
        } else if (held.isEmpty() && number > missingTo) {
            missingTo = number - 1;
            hold(number, buffer, offset, length);
        } else {
            hold(number, buffer, offset, length);
        }
    }

    /** An event that is sent again. */
    void onResent(final int templateId, final DirectBuffer buffer, final int offset, final int length) {
        if (numberOf(buffer, offset) != next) {
            duplicates++;
            return;
        }
        isPossResend = true;
        deliver(templateId, buffer, offset, length);
        goOn();
    }

    /** The venue's next event will carry that number: what is missing before it was lost on the way. */
    void knownUpTo(final long venueNext) {
        final long last = venueNext - 1;
        if (last < next) {
            return;
        }
        if (held.isEmpty()) {
            missingTo = Math.max(missingTo, last);
        } else if (last > held.last()) {
            seenBehindHeld = Math.max(seenBehindHeld, last);
        }
    }

    /** Whether older events are missing and have to be sent again. */
    boolean isMissing() {
        return next <= missingTo;
    }

    /** First one missing. */
    long missingFrom() {
        return next;
    }

    /** Last one missing. */
    long missingTo() {
        return missingTo;
    }

    /** What is missing up to there cannot be had. */
    void giveUpMissing(final long to) {
        final long from = next;
        next = Math.min(to, missingTo) + 1;
        listener.onGap(from, next - 1);
        goOn();
    }

    /** Number of the last event handed on. */
    long last() {
        return next - 1;
    }

    /** Whether the event that the listener is being told of was sent again. */
    boolean isPossResend() {
        return isPossResend;
    }

    /** Events received twice and dropped. */
    long duplicates() {
        return duplicates;
    }

    private long numberOf(final DirectBuffer buffer, final int offset) {
        stamp.wrap(buffer, offset + MessageShape.HEADER_LENGTH);
        return isDropCopy ? stamp.dropCopySeq() : stamp.sessionSeq();
    }

    private void hold(final long number, final DirectBuffer buffer, final int offset, final int length) {
        if (!held.add(number, buffer, offset, length)) {
            seenBehindHeld = Math.max(seenBehindHeld, number);
        }
    }

    private void deliver(final int templateId, final DirectBuffer buffer, final int offset, final int length) {
        next++;
        if (isDropCopy) {
            listener.onDropCopy(templateId, buffer, offset, length);
        } else {
            reports.onEvent(templateId, buffer, offset, length);
        }
    }

    /** Hands on those that waited, when it is their turn. */
    private void goOn() {
        if (isMissing() || held.isEmpty() && seenBehindHeld == 0) {
            return;
        }
        isPossResend = false;
        while (!held.isEmpty() && held.first() <= next) {
            final int offset = held.offset();
            final int length = held.length();
            final boolean isNext = held.first() == next;
            held.removeFirst();
            if (isNext) {
                deliver(MessageShape.templateId(held.buffer(), offset), held.buffer(), offset, length);
            }
        }
        if (held.isEmpty() && seenBehindHeld > 0) {
            missingTo = seenBehindHeld;
            seenBehindHeld = 0;
        }
    }
}
