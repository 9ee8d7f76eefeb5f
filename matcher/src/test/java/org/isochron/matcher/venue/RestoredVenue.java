package org.isochron.matcher.venue;

import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.sequencer.replica.EventBatch;
import org.isochron.sequencer.replica.Noun;
import org.isochron.sequencer.replica.StateImage;

/**
 * A venue that was loaded from another one's state in the middle of what it was doing, and is given the same commands from
 * then on: every event must be the same byte for byte, and every hash the same. Loaded anew from time to time.
 */
public final class RestoredVenue {
    private static final int COMMANDS_PER_LOAD = 5_000;
    private static final int COMMANDS_PER_LOOK = 100;

    private final Venue original;
    private final StateImage image = new StateImage();
    private final EventBatch batch = new EventBatch();
    private Venue copy;
    private long commands;

    public RestoredVenue(final Venue original) {
        this.original = original;
    }

    /** The original has applied the command, and told these events. */
    public void onCommand(final Frame frame, final EventBatch told) {
        commands++;
        if (copy != null) {
            batch.begin(frame);
            copy.onCommand(frame, batch);
            requireSameEvents(told);
            if (commands % COMMANDS_PER_LOOK == 0) {
                requireSameHashes();
            }
        }
        if (commands % COMMANDS_PER_LOAD == 0) {
            reload();
        }
    }

    private void reload() {
        if (copy != null) {
            copy.verifyInFull();
        }
        original.save(image);
        copy = new Venue();
        copy.load(image);
        if (!image.isAtEnd()) {
            throw new AssertionError("the image holds more than a venue takes");
        }
        requireSameHashes();
        copy.verifyInFull();
    }

    private void requireSameHashes() {
        final long slice = commands / COMMANDS_PER_LOOK;
        if (original.scrub(slice) != copy.scrub(slice)) {
            throw new AssertionError("after command " + commands + " the restored venue reads another hash of "
                    + original.scrubbed(slice));
        }
        for (final Noun noun : Noun.values()) {
            if (original.hash(noun) != copy.hash(noun)) {
                throw new AssertionError(
                        "after command " + commands + " the restored venue has another hash of " + noun);
            }
        }
    }

    private void requireSameEvents(final EventBatch told) {
        if (!Arrays.equals(bytes(told), bytes(batch)) || told.firstPublicSeq() != batch.firstPublicSeq()) {
            throw new AssertionError("the restored venue tells other events at command " + commands + ": "
                    + batch.count() + " of them, the original " + told.count());
        }
    }

    private static byte[] bytes(final EventBatch events) {
        int length = 0;
        for (int i = events.first(); i != EventBatch.END; i = events.next(i)) {
            length = events.messageOffset(i) + events.messageLength(i);
        }
        final byte[] bytes = new byte[length];
        new UnsafeBuffer(events.buffer(), 0, length).getBytes(0, bytes);
        return bytes;
    }
}
