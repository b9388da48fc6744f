/// The trial that a task measures: what it causes, such as calls of models that are paid for, can be attributed to the
/// trial without every layer between handing its number on. A study binds it; tasks that are begun within inherit it.
public enum MeasuredTrial {
    /// The trial's number; nil outside of trials.
    @TaskLocal public static var number: Int?
}
