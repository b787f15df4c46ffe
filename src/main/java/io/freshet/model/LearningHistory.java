package io.freshet.model;

/** What a model has learned so far, by age. Only the kind of learning that wrote it can read it. */
public interface LearningHistory {

    /** The history of a model that was not learned incrementally. */
    LearningHistory NONE = new LearningHistory() {
    };
}
