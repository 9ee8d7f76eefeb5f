package org.isochron.sequencer.edge;

import org.agrona.DirectBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.sequencer.edge.JournalException.Reason;

/**
 * Follows the frames of one journal and holds each against the one before it: sound by its CRC, of this build's schema
 * version, sequence = previous + 1, prevChain = chain of the previous. Every journal's appender and readers use it, so
 * all of them agree on what a sound journal is.
 */
public final class FrameOrder {
    private final String journal;
    private final Frame frame = new Frame();
    private long lastSequence;
    private long lastChain;
    private int lastEpoch;
    private long lastTimestampNs;

    /**
     * @param journal what messages call the journal.
     */
    public FrameOrder(final String journal) {
        this.journal = journal;
    }

    public long lastSequence() {
        return lastSequence;
    }

    public long lastChain() {
        return lastChain;
    }

    public int lastEpoch() {
        return lastEpoch;
    }

    public long lastTimestampNs() {
        return lastTimestampNs;
    }

    /** Goes back to the state before the first frame. */
    public void reset() {
        lastSequence = 0;
        lastChain = 0;
        lastEpoch = 0;
        lastTimestampNs = 0;
    }

    /** Goes to the state behind a frame that is elsewhere: epoch and timestamp count as 0 until the next is read. */
    public void beginBehind(final long sequence, final long chain) {
        reset();
        lastSequence = sequence;
        lastChain = chain;
    }

    /**
     * Goes to the state behind a frame whose predecessor is not at hand: its own soundness and sequence are checked, its
     * prevChain is not.
     *
     * @throws JournalException when it is damaged or not the frame with that sequence.
     */
    public void resumeAt(final long sequence, final DirectBuffer buffer, final int offset, final int available) {
        checkSound(sequence, buffer, offset, available);
        accept();
    }

    /**
     * Checks the next frame as read, and moves on to it.
     *
     * @throws JournalException when it is damaged or does not follow the last one; the state is then unchanged.
     */
    public void read(final DirectBuffer buffer, final int offset, final int available) {
        checkSound(lastSequence + 1, buffer, offset, available);
        if (frame.prevChain() != lastChain) {
            throw corrupt(
                    lastSequence + 1,
                    String.format(
                            "its prevChain is %016x, the frame before it has chain %016x",
                            frame.prevChain(), lastChain));
        }
        accept();
    }

    /**
     * Checks a frame about to be appended. Call {@link #appended()} once it is written.
     *
     * @throws IllegalArgumentException when it is damaged or does not follow the last one.
     */
    public void checkAppend(final DirectBuffer buffer, final int offset, final int length) {
        frame.wrap(buffer, offset);
        final String damage = frame.damage(length);
        if (damage != null) {
            throw new IllegalArgumentException("journal " + journal + " takes no damaged frame: " + damage);
        }
        if (frame.length() != length) {
            throw new IllegalArgumentException(
                    "journal " + journal + " was given " + length + " bytes for a frame of " + frame.length());
        }
        if (frame.schemaVersion() != Frame.SCHEMA_VERSION) {
            throw new IllegalArgumentException("journal " + journal + " takes schema version " + Frame.SCHEMA_VERSION
                    + ", the frame has " + frame.schemaVersion());
        }
        if (frame.sequence() != lastSequence + 1) {
            throw new IllegalArgumentException("journal " + journal + " takes sequence " + (lastSequence + 1)
                    + " next, the frame has " + frame.sequence());
        }
        if (frame.prevChain() != lastChain) {
            throw new IllegalArgumentException(String.format(
                    "journal %s ends with chain %016x, frame %d has prevChain %016x",
                    journal, lastChain, frame.sequence(), frame.prevChain()));
        }
    }

    /** Moves on to the frame that {@link #checkAppend} let pass. */
    public void appended() {
        accept();
    }

    /** A complaint about one frame, with the remedy that fits any journal. */
    public JournalException corrupt(final long sequence, final String what) {
        return corrupt(sequence, what, null);
    }

    /** A complaint about one frame that something else noticed first. */
    public JournalException corrupt(final long sequence, final String what, final Throwable cause) {
        return new JournalException(
                Reason.CORRUPT,
                sequence,
                "journal " + journal + " is corrupt at sequence " + sequence + ": " + what
                        + "; set it aside and rebuild it from another node's journal or from a snapshot and its tail",
                cause);
    }

    private void checkSound(final long sequence, final DirectBuffer buffer, final int offset, final int available) {
        frame.wrap(buffer, offset);
        final String damage = frame.damage(available);
        if (damage != null) {
            throw corrupt(sequence, damage);
        }
        if (frame.schemaVersion() != Frame.SCHEMA_VERSION) {
            throw new JournalException(
                    Reason.SCHEMA_VERSION,
                    sequence,
                    "journal " + journal + " has schema version " + frame.schemaVersion() + " at sequence " + sequence
                            + ", this build reads version " + Frame.SCHEMA_VERSION
                            + "; read it with the build that wrote it",
                    null);
        }
        if (frame.sequence() != sequence) {
            throw corrupt(sequence, "the frame in its place has sequence " + frame.sequence());
        }
    }

    private void accept() {
        lastSequence = frame.sequence();
        lastChain = frame.chain();
        lastEpoch = frame.epoch();
        lastTimestampNs = frame.timestampNs();
    }
}
