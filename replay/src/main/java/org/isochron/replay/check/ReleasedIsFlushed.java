package org.isochron.replay.check;

import org.agrona.DirectBuffer;
import org.isochron.codecs.EventStampDecoder;
import org.isochron.codecs.MarketDataPacketHeaderDecoder;
import org.isochron.codecs.MessageHeaderDecoder;

/** Where matchers wait for their disks, nothing leaves one of a command that its own disk could still lose. */
public final class ReleasedIsFlushed extends Invariant {
    private static final int MAX_NODES = 64;
    private static final int STAMP = MessageHeaderDecoder.ENCODED_LENGTH;

    private final EventStampDecoder stamp = new EventStampDecoder();
    private final MarketDataPacketHeaderDecoder packet = new MarketDataPacketHeaderDecoder();
    private final long[] flushed = new long[MAX_NODES];

    public ReleasedIsFlushed() {
        super("released-is-flushed");
    }

    @Override
    protected void onFlushed(final int node, final long sequence) {
        flushed[node] = sequence;
    }

    @Override
    protected void onPrivate(final int node, final DirectBuffer buffer, final int offset, final int length) {
        check(node, "a private event", stamp.wrap(buffer, offset + STAMP).matchSeq());
    }

    @Override
    protected void onPublic(final int node, final DirectBuffer buffer, final int offset, final int length) {
        check(node, "market data", packet.wrap(buffer, offset).lastMatchSeq());
    }

    private void check(final int node, final String what, final long matchSeq) {
        if (matchSeq > flushed[node]) {
            throw broken("node " + node + " sends " + what + " of command " + matchSeq
                    + ", its disk is sure of commands up to " + flushed[node]);
        }
    }
}
