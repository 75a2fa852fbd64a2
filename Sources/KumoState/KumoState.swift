// KumoState
