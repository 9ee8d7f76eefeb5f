package org.isochron.sequencer.client;

import org.agrona.DirectBuffer;
import org.isochron.codecs.BusinessRejectDecoder;
import org.isochron.codecs.BusyDecoder;
import org.isochron.codecs.CancelRejectDecoder;
import org.isochron.codecs.CancelledDecoder;
import org.isochron.codecs.CommandAcceptedDecoder;
import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.GatewayRejectDecoder;
import org.isochron.codecs.MassCancelAckDecoder;
import org.isochron.codecs.MassQuoteAckDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.MmpTriggeredDecoder;
import org.isochron.codecs.NotAppliedDecoder;
import org.isochron.codecs.OrderAckDecoder;
import org.isochron.codecs.OrderActivatedDecoder;
import org.isochron.codecs.OrderReducedDecoder;
import org.isochron.codecs.RejectDecoder;
import org.isochron.codecs.ReplaceAckDecoder;
import org.isochron.codecs.ReplaceRejectDecoder;

/** Decodes what an open session receives, and calls the listener. */
final class ReportAdapter {
    private final VenueListener listener;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final OrderAckDecoder orderAck = new OrderAckDecoder();
    private final ReplaceAckDecoder replaceAck = new ReplaceAckDecoder();
    private final FillDecoder fill = new FillDecoder();
    private final CancelledDecoder cancelled = new CancelledDecoder();
    private final MassCancelAckDecoder massCancelAck = new MassCancelAckDecoder();
    private final OrderReducedDecoder orderReduced = new OrderReducedDecoder();
    private final OrderActivatedDecoder orderActivated = new OrderActivatedDecoder();
    private final MassQuoteAckDecoder massQuoteAck = new MassQuoteAckDecoder();
    private final MmpTriggeredDecoder mmpTriggered = new MmpTriggeredDecoder();
    private final CommandAcceptedDecoder commandAccepted = new CommandAcceptedDecoder();
    private final BusinessRejectDecoder businessReject = new BusinessRejectDecoder();
    private final RejectDecoder reject = new RejectDecoder();
    private final ReplaceRejectDecoder replaceReject = new ReplaceRejectDecoder();
    private final CancelRejectDecoder cancelReject = new CancelRejectDecoder();
    private final BusyDecoder busy = new BusyDecoder();
    private final GatewayRejectDecoder gatewayReject = new GatewayRejectDecoder();
    private final NotAppliedDecoder notApplied = new NotAppliedDecoder();

    ReportAdapter(final VenueListener listener) {
        this.listener = listener;
    }

    /** An answer that the gateway made itself; false when the template is none of these. */
    boolean onGatewayMessage(final int templateId, final DirectBuffer buffer, final int offset) {
        switch (templateId) {
            case BusyDecoder.TEMPLATE_ID:
                listener.onBusy(busy.wrapAndApplyHeader(buffer, offset, header));
                return true;
            case GatewayRejectDecoder.TEMPLATE_ID:
                listener.onGatewayReject(gatewayReject.wrapAndApplyHeader(buffer, offset, header));
                return true;
            case NotAppliedDecoder.TEMPLATE_ID:
                notApplied.wrapAndApplyHeader(buffer, offset, header);
                listener.onNotApplied(notApplied.fromSeqNo(), notApplied.count());
                return true;
            default:
                return false;
        }
    }

    /** An event of the session's flow. */
    void onEvent(final int templateId, final DirectBuffer buffer, final int offset, final int length) {
        if (!onOrderEvent(templateId, buffer, offset)
                && !onReject(templateId, buffer, offset)
                && !onRequestEvent(templateId, buffer, offset)) {
            listener.onEvent(templateId, buffer, offset, length);
        }
    }

    /** What becomes of one order. */
    private boolean onOrderEvent(final int templateId, final DirectBuffer buffer, final int offset) {
        switch (templateId) {
            case OrderAckDecoder.TEMPLATE_ID:
                listener.onOrderAck(orderAck.wrapAndApplyHeader(buffer, offset, header));
                return true;
            case ReplaceAckDecoder.TEMPLATE_ID:
                listener.onReplaceAck(replaceAck.wrapAndApplyHeader(buffer, offset, header));
                return true;
            case FillDecoder.TEMPLATE_ID:
                listener.onFill(fill.wrapAndApplyHeader(buffer, offset, header));
                return true;
            case CancelledDecoder.TEMPLATE_ID:
                listener.onCancelled(cancelled.wrapAndApplyHeader(buffer, offset, header));
                return true;
            case OrderReducedDecoder.TEMPLATE_ID:
                listener.onOrderReduced(orderReduced.wrapAndApplyHeader(buffer, offset, header));
                return true;
            case OrderActivatedDecoder.TEMPLATE_ID:
                listener.onOrderActivated(orderActivated.wrapAndApplyHeader(buffer, offset, header));
                return true;
            default:
                return false;
        }
    }

    /** What has no effect. */
    private boolean onReject(final int templateId, final DirectBuffer buffer, final int offset) {
        switch (templateId) {
            case RejectDecoder.TEMPLATE_ID:
                listener.onReject(reject.wrapAndApplyHeader(buffer, offset, header));
                return true;
            case ReplaceRejectDecoder.TEMPLATE_ID:
                listener.onReplaceReject(replaceReject.wrapAndApplyHeader(buffer, offset, header));
                return true;
            case CancelRejectDecoder.TEMPLATE_ID:
                listener.onCancelReject(cancelReject.wrapAndApplyHeader(buffer, offset, header));
                return true;
            case BusinessRejectDecoder.TEMPLATE_ID:
                listener.onBusinessReject(businessReject.wrapAndApplyHeader(buffer, offset, header));
                return true;
            default:
                return false;
        }
    }

    /** What concerns many orders, or none. */
    private boolean onRequestEvent(final int templateId, final DirectBuffer buffer, final int offset) {
        switch (templateId) {
            case MassCancelAckDecoder.TEMPLATE_ID:
                listener.onMassCancelAck(massCancelAck.wrapAndApplyHeader(buffer, offset, header));
                return true;
            case MassQuoteAckDecoder.TEMPLATE_ID:
                listener.onMassQuoteAck(massQuoteAck.wrapAndApplyHeader(buffer, offset, header));
                return true;
            case MmpTriggeredDecoder.TEMPLATE_ID:
                listener.onMmpTriggered(mmpTriggered.wrapAndApplyHeader(buffer, offset, header));
                return true;
            case CommandAcceptedDecoder.TEMPLATE_ID:
                listener.onCommandAccepted(commandAccepted.wrapAndApplyHeader(buffer, offset, header));
                return true;
            default:
                return false;
        }
    }
}
