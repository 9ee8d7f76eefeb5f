package org.isochron.replay.sim;

import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** One message under way. Reused. */
final class Parcel extends Event {
    private static final int INITIAL_LENGTH = 256;

    final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(INITIAL_LENGTH);
    int length;
    private Link link;

    void fill(final Link newLink, final DirectBuffer source, final int offset, final int newLength) {
        link = newLink;
        length = newLength;
        buffer.putBytes(0, source, offset, newLength);
    }

    void damage(final int index, final int bit) {
        buffer.putByte(index, (byte) (buffer.getByte(index) ^ 1 << bit));
    }

    @Override
    void happen() {
        link.arrive(this);
    }
}
