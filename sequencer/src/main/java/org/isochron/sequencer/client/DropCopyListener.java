package org.isochron.sequencer.client;

import org.agrona.DirectBuffer;
import org.isochron.codecs.EstablishAckDecoder;
import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.TerminateCode;

/** Told of a firm's events, from inside {@link DropCopyClient#poll}. Decoders and buffers are valid during the call only. */
public interface DropCopyListener {
    default void onEstablished(final EstablishAckDecoder ack) {}

    default void onRefused(final RejectCode code, final long lastSessionVerId) {}

    default void onTerminated(final TerminateCode code) {}

    /** An execution of one of the firm's orders. */
    default void onExecution(final FillDecoder fill) {}

    /** Any other event of the firm: an SBE message that begins with an EventStamp. */
    default void onOther(final int templateId, final DirectBuffer buffer, final int offset, final int length) {}

    /** Events of the firm that did not arrive and cannot be had any more, both ends included. */
    default void onGap(final long fromDropCopySeq, final long toDropCopySeq) {}
}
