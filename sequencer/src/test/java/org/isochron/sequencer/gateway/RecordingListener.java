package org.isochron.sequencer.gateway;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.isochron.codecs.BusyDecoder;
import org.isochron.codecs.EstablishAckDecoder;
import org.isochron.codecs.EventStampDecoder;
import org.isochron.codecs.GatewayRejectDecoder;
import org.isochron.codecs.OrderAckDecoder;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.RetransmitRejectCode;
import org.isochron.codecs.TerminateCode;
import org.isochron.sequencer.client.VenueListener;

/** Writes down what a client hears, one line each. */
final class RecordingListener implements VenueListener {
    final List<String> heard = new ArrayList<>();

    /** What was heard since the last call. */
    List<String> take() {
        final List<String> taken = List.copyOf(heard);
        heard.clear();
        return taken;
    }

    @Override
    public void onEstablished(final EstablishAckDecoder ack) {
        heard.add("established " + ack.role() + " last " + ack.lastIncomingSeqNo() + " next " + ack.nextSeqNo()
                + " burst " + ack.creditInit() + " epoch " + ack.epoch() + " " + ack.durability());
    }

    @Override
    public void onRefused(final RejectCode code, final long lastSessionVerId) {
        heard.add("refused " + code + " " + lastSessionVerId);
    }

    @Override
    public void onTerminated(final TerminateCode code) {
        heard.add("terminated " + code);
    }

    @Override
    public void onOrderAck(final OrderAckDecoder ack) {
        heard.add("ack " + ack.clOrdId() + " ref " + ack.refSeqNum());
    }

    @Override
    public void onBusy(final BusyDecoder busy) {
        heard.add("busy " + busy.reason() + " ref " + busy.refSeqNum() + " clOrdId " + busy.clOrdId());
    }

    @Override
    public void onGatewayReject(final GatewayRejectDecoder reject) {
        heard.add("rejected " + reject.code() + " ref " + reject.refSeqNum() + " template " + reject.refTemplateId());
    }

    @Override
    public void onNotApplied(final long fromSeqNum, final long count) {
        heard.add("not applied " + fromSeqNum + " count " + count);
    }

    @Override
    public void onEvent(final int templateId, final DirectBuffer buffer, final int offset, final int length) {
        heard.add("event " + templateId);
    }

    @Override
    public void onDropCopy(final int templateId, final DirectBuffer buffer, final int offset, final int length) {
        heard.add("copy " + templateId + " seq "
                + new EventStampDecoder().wrap(buffer, offset + 8).dropCopySeq());
    }

    @Override
    public void onGap(final long fromSessionSeq, final long toSessionSeq) {
        heard.add("gap " + fromSessionSeq + ".." + toSessionSeq);
    }

    @Override
    public void onReplayed(final int templateId, final DirectBuffer buffer, final int offset, final int length) {
        final EventStampDecoder stamp = new EventStampDecoder().wrap(buffer, offset + 8);
        heard.add("replayed " + templateId + " session " + stamp.sessionId() + " seq " + stamp.sessionSeq());
    }

    @Override
    public void onReplayEnd(final long nextMatchSeq, final int nextSubSeq, final boolean isComplete) {
        heard.add("replay " + (isComplete ? "complete" : "goes on"));
    }

    @Override
    public void onReplayRejected(final RetransmitRejectCode code) {
        heard.add("replay rejected " + code);
    }
}
