package org.isochron.sequencer.replica;

import org.isochron.codecs.frame.Frame;

/** A toy core: its books are the chain-like sum of payload bytes; one event of one byte for each command. */
final class SumMachine implements StoredMachine {
    long sum;
    long commands;
    long failAt = -1;
    long flipAt = -1;

    @Override
    public void onCommand(final Frame frame, final EventBatch events) {
        if (frame.sequence() == failAt) {
            throw new IllegalStateException("planted");
        }
        for (int i = 0; i < frame.payloadLength(); i++) {
            sum = sum * 31 + frame.buffer().getByte(frame.payloadOffset() + i);
        }
        if (frame.sequence() == flipAt) {
            sum ^= 1;
        }
        commands++;
        final int offset = events.claim(8, EventBatch.PRIVATE);
        events.buffer().putLong(offset, frame.sequence());
    }

    @Override
    public long hash(final Noun noun) {
        return noun == Noun.BOOKS ? sum : noun.ordinal();
    }

    @Override
    public void save(final StateImage image) {
        image.clear();
        image.beginSection("sum", 1, 2, sum);
        image.put(sum);
        image.put(commands);
        image.endSection();
    }

    @Override
    public void load(final StateImage image) {
        image.rewind();
        image.openSection("sum", 1, 2);
        sum = image.get();
        commands = image.get();
        image.closeSection();
    }
}
