package org.isochron.sequencer.client;

import org.agrona.DirectBuffer;
import org.isochron.codecs.BusinessRejectDecoder;
import org.isochron.codecs.BusyDecoder;
import org.isochron.codecs.CancelRejectDecoder;
import org.isochron.codecs.CancelledDecoder;
import org.isochron.codecs.CommandAcceptedDecoder;
import org.isochron.codecs.EstablishAckDecoder;
import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.GatewayRejectDecoder;
import org.isochron.codecs.MassCancelAckDecoder;
import org.isochron.codecs.MassQuoteAckDecoder;
import org.isochron.codecs.MmpTriggeredDecoder;
import org.isochron.codecs.OrderAckDecoder;
import org.isochron.codecs.OrderActivatedDecoder;
import org.isochron.codecs.OrderReducedDecoder;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.RejectDecoder;
import org.isochron.codecs.ReplaceAckDecoder;
import org.isochron.codecs.ReplaceRejectDecoder;
import org.isochron.codecs.RetransmitRejectCode;
import org.isochron.codecs.TerminateCode;

/** Told what the venue says to one session, from inside {@link VenueClient#poll}. Decoders are valid during the call only. */
public interface VenueListener {
    /** Commands may be sent from now on. */
    default void onEstablished(final EstablishAckDecoder ack) {}

    /**
     * The venue does not open the session; the client is closed.
     *
     * @param lastSessionVerId the last one the venue knows, 0 when it does not say.
     */
    default void onRefused(final RejectCode code, final long lastSessionVerId) {}

    /** The connection has ended; the client is closed. */
    default void onTerminated(final TerminateCode code) {}

    default void onOrderAck(final OrderAckDecoder ack) {}

    default void onReplaceAck(final ReplaceAckDecoder ack) {}

    default void onFill(final FillDecoder fill) {}

    default void onCancelled(final CancelledDecoder cancelled) {}

    default void onMassCancelAck(final MassCancelAckDecoder ack) {}

    /** An open order has lost lots without trading. */
    default void onOrderReduced(final OrderReducedDecoder reduced) {}

    /** An order takes its place later than it was accepted, or a new one: triggered, released or refilled. */
    default void onOrderActivated(final OrderActivatedDecoder activated) {}

    default void onMassQuoteAck(final MassQuoteAckDecoder ack) {}

    /** A market maker protection group is frozen; a Cancelled for each of its orders follows. */
    default void onMmpTriggered(final MmpTriggeredDecoder triggered) {}

    default void onReject(final RejectDecoder reject) {}

    default void onReplaceReject(final ReplaceRejectDecoder reject) {}

    default void onCancelReject(final CancelRejectDecoder reject) {}

    /** A request other than an order, a replace or a cancel had its effect. */
    default void onCommandAccepted(final CommandAcceptedDecoder accepted) {}

    /** A request other than an order, a replace or a cancel has no effect. */
    default void onBusinessReject(final BusinessRejectDecoder reject) {}

    /** The command was not taken, and its number is used up: send again under a new one. */
    default void onBusy(final BusyDecoder busy) {}

    /** The gateway could not forward the command. */
    default void onGatewayReject(final GatewayRejectDecoder reject) {}

    /** Commands that never arrived at the gateway. */
    default void onNotApplied(final long fromSeqNum, final long count) {}

    /** Any other event addressed to the session: an SBE message that begins with an EventStamp. */
    default void onEvent(final int templateId, final DirectBuffer buffer, final int offset, final int length) {}

    /** A copy of an event of the firm, to a session of role DROP_COPY. */
    default void onDropCopy(final int templateId, final DirectBuffer buffer, final int offset, final int length) {}

    /** An event that {@link VenueClient#replayEvents} asked for: an SBE message that begins with an EventStamp. */
    default void onReplayed(final int templateId, final DirectBuffer buffer, final int offset, final int length) {}

    /**
     * A replay has ended.
     *
     * @param nextMatchSeq where to ask on, with {@code nextSubSeq}.
     * @param isComplete   whether everything older has been sent.
     */
    default void onReplayEnd(final long nextMatchSeq, final int nextSubSeq, final boolean isComplete) {}

    /** A replay is not answered, or not any further. */
    default void onReplayRejected(final RetransmitRejectCode code) {}

    /** Events of the session that did not arrive and cannot be had any more, both ends included. */
    default void onGap(final long fromSessionSeq, final long toSessionSeq) {}
}
