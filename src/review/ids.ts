export const reviewFeature = 'review';
