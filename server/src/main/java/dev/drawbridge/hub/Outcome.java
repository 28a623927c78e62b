package dev.drawbridge.hub;

import java.util.function.Function;

/** What an operation gave: its value, or the failure the user is to be told of. */
public sealed interface Outcome<T> {
    record Success<T>(T value) implements Outcome<T> {}

    record Failed<T>(Failure failure) implements Outcome<T> {}

    static <T> Outcome<T> success(T value) {
        return new Success<>(value);
    }

    static <T> Outcome<T> failed(Failure failure) {
        return new Failed<>(failure);
    }

    /** Success with nothing to tell. */
    static Outcome<Done> done() {
        return new Success<>(new Done());
    }

    /** The value of an operation that only happens. */
    record Done() {}

    default <R> Outcome<R> map(Function<? super T, ? extends R> change) {
        return switch (this) {
            case Success<T>(T value) -> new Success<>(change.apply(value));
            case Failed<T>(Failure failure) -> new Failed<>(failure);
        };
    }
}
