package org.isochron.sequencer.edge;

/**
 * What the owner of a journal knows of epochs, as others see it.
 *
 * @param promised below which it takes no frames, 0 for none.
 * @param decided  the last one promised of which the promotion has said where those below it end, 0 for none; while that is
 *                 not the one promised, the promotion is under way, or was broken off.
 * @param given    the last one that a promotion has given to a sequencer, 0 for none.
 */
public record EpochStand(int promised, int decided, int given) {
    /** Of one who has never been asked. */
    public static final EpochStand NONE = new EpochStand(0, 0, 0);
}
