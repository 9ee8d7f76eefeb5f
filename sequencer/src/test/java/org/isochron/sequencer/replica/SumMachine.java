package org.isochron.sequencer.replica;

import org.isochron.codecs.frame.Frame;

/** A toy core: its books are the chain-like sum of payload bytes; one event of one byte for each command. */
final class SumMachine implements StoredMachine {
    long sum;
    long commands;
    long failAt = -1;
    long flipAt = -1;
    /** What nobody reads or writes, but the scrub. */
    long idle;

    long booksAt1024;

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
        booksAt1024 = frame.sequence() == 1024 ? sum : booksAt1024;
        final int offset = events.claim(8, EventBatch.PRIVATE);
        events.buffer().putLong(offset, frame.sequence());
    }

    @Override
    public long hash(final Noun noun) {
        return noun == Noun.BOOKS ? sum : noun.ordinal();
    }

    @Override
    public long scrub(final long number) {
        return idle;
    }

    @Override
    public String scrubbed(final long number) {
        return "idle " + number;
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
