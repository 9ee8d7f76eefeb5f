package org.isochron.replay.sim;

import org.isochron.codecs.frame.Frame;
import org.isochron.matcher.venue.Venue;
import org.isochron.sequencer.replica.EventBatch;
import org.isochron.sequencer.replica.Noun;
import org.isochron.sequencer.replica.StateImage;
import org.isochron.sequencer.replica.StoredMachine;

/** A core whose snapshots have a zero in the place of one cell. */
final class ForgetfulSnapshots implements StoredMachine {
    private final Venue venue;

    ForgetfulSnapshots(final Venue venue) {
        this.venue = venue;
    }

    @Override
    public void save(final StateImage image) {
        venue.save(image);
        final long[] cells = image.block(0);
        int last = (int) Math.min(image.size(), StateImage.BLOCK_LONGS) - 1;
        while (cells[last] == 0) {
            last--;
        }
        cells[last] = 0;
    }

    @Override
    public void load(final StateImage image) {
        venue.load(image);
    }

    @Override
    public void onCommand(final Frame frame, final EventBatch events) {
        venue.onCommand(frame, events);
    }

    @Override
    public long hash(final Noun noun) {
        return venue.hash(noun);
    }

    @Override
    public long scrub(final long number) {
        return venue.scrub(number);
    }

    @Override
    public String scrubbed(final long number) {
        return venue.scrubbed(number);
    }
}
