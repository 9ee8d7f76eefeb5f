package org.isochron.replay.check;

import org.isochron.codecs.CommandAcceptedDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.VenueDefineDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.matcher.venue.Venue;
import org.isochron.sequencer.replica.EventBatch;

/** No command has more events than one may have, and no venue more orders than its definition has room for. */
public final class Bounded extends Invariant {
    private final EventCursor cursor = new EventCursor();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final VenueDefineDecoder definition = new VenueDefineDecoder();
    private final CommandAcceptedDecoder accepted = new CommandAcceptedDecoder();
    private long maxOrders = Long.MAX_VALUE;

    public Bounded() {
        super("bounded");
    }

    @Override
    protected void onCommand(final Frame frame, final EventBatch events, final Venue venue) {
        if (events.count() > EventBatch.MAX_EVENTS) {
            throw broken("command " + frame.sequence() + " has " + events.count() + " events");
        }
        if (frame.frameType() == FrameType.SESSION
                && MessageShape.templateId(frame) == VenueDefineDecoder.TEMPLATE_ID) {
            onDefinition(frame, events);
        }
    }

    private void onDefinition(final Frame frame, final EventBatch events) {
        cursor.over(events);
        while (cursor.advance()) {
            if (cursor.templateId() == CommandAcceptedDecoder.TEMPLATE_ID) {
                accepted.wrapAndApplyHeader(cursor.buffer(), cursor.offset(), header);
                if (accepted.refTemplateId() == VenueDefineDecoder.TEMPLATE_ID) {
                    maxOrders = definition
                            .wrapAndApplyHeader(frame.buffer(), frame.payloadOffset(), header)
                            .maxOrders();
                }
            }
        }
    }

    @Override
    protected void onAudit(final long sequence, final Venue venue) {
        long orders = 0;
        for (final long instrumentId : venue.inspection().instrumentIds()) {
            orders += venue.inspection().orders(instrumentId).size();
        }
        if (orders > maxOrders) {
            throw broken("the core holds " + orders + " orders, it has room for " + maxOrders);
        }
    }
}
