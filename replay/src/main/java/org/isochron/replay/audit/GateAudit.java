package org.isochron.replay.audit;

import java.math.BigInteger;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.NewOrderDecoder;
import org.isochron.codecs.OrderAckDecoder;
import org.isochron.codecs.OrderState;
import org.isochron.codecs.Side;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.replay.EventConsumer;
import org.isochron.sequencer.replica.EventBatch;

/**
 * Every accepted order passed the gate, reckoned a second time from what events tell: the equity of its bucket was not less
 * than the initial margin of what the bucket held, with the order as if it were filled at once. That is less than the gate
 * asks for, which counts other open orders, losses against the mark, fees and chosen leverage too; whoever is let through
 * below it should never have been. Orders that can only close a position are admitted without.
 */
public final class GateAudit implements EventConsumer {
    private final AuditedVenue venue = new AuditedVenue();
    private final AuditedDefinitions definitions = new AuditedDefinitions(venue);
    private final AuditedMoney money = new AuditedMoney(venue);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final NewOrderDecoder order = new NewOrderDecoder();
    private final OrderAckDecoder ack = new OrderAckDecoder();
    private String firstBreach;
    private long judged;

    @Override
    public void onEvents(final Frame frame, final EventBatch events) {
        venue.begin(frame.sequence(), frame.timestampNs());
        for (int record = events.first(); record != EventBatch.END; record = events.next(record)) {
            final int offset = events.messageOffset(record);
            header.wrap(events.buffer(), offset);
            final int template = header.templateId();
            if (template == OrderAckDecoder.TEMPLATE_ID) {
                ack.wrapAndApplyHeader(events.buffer(), offset, header);
                if (holdsMargin(frame)) {
                    judge();
                }
            }
            definitions.onEvent(frame, template, events.buffer(), offset);
            money.onEvent(template, events.buffer(), offset);
        }
        venue.takeTouched();
    }

    /** Neither one that waits for its trigger nor one that only reduces does. */
    private boolean holdsMargin(final Frame frame) {
        if (ack.state() == OrderState.UNTRIGGERED
                || frame.frameType() != FrameType.SESSION
                || MessageShape.templateId(frame.buffer(), frame.payloadOffset()) != NewOrderDecoder.TEMPLATE_ID) {
            return false;
        }
        order.wrapAndApplyHeader(frame.buffer(), frame.payloadOffset(), header);
        return order.clOrdId() == ack.clOrdId() && !order.flags().reduceOnly();
    }

    private void judge() {
        final AuditedPosition position = venue.position(ack.accountId(), ack.instrumentId());
        final long lots = ack.side() == Side.BUY ? ack.quantity() : -ack.quantity();
        final boolean closes =
                Long.signum(position.lots) == -Long.signum(lots) && ack.quantity() <= Math.abs(position.lots);
        if (closes || position.bucket.id.isIsolated()) {
            return;
        }
        BigInteger least = initial(position.instrument, position.lots + lots);
        for (final AuditedPosition other : position.bucket.positions.values()) {
            if (other != position) {
                least = least.add(initial(other.instrument, other.lots));
            }
        }
        judged++;
        final BigInteger equity = position.bucket.equity();
        if (firstBreach == null && equity.compareTo(least) < 0) {
            firstBreach = "sequence " + venue.sequence + " accepts order " + ack.orderId() + " of " + lots
                    + " lots for account " + ack.accountId() + ", which holds " + position.lots + " and is worth "
                    + equity
                    + "; the margin of its positions with these lots is " + least;
        }
    }

    /** Without tiers that is the contract's; with them it is not less than maintenance. */
    private static BigInteger initial(final AuditedInstrument instrument, final long lots) {
        final BigInteger maintenance = instrument.maintenance(lots);
        return instrument.margins.terms().tiers().isEmpty()
                ? maintenance.max(
                        Rounding.ceilPpm(instrument.value(lots).abs(), instrument.contract.initialMarginPpm()))
                : maintenance;
    }

    /** The first order that should not have been accepted, in words; null when there is none. */
    public String firstBreach() {
        return firstBreach;
    }

    /** Orders judged again. */
    public long judged() {
        return judged;
    }
}
